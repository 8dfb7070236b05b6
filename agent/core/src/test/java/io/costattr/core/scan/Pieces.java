package io.costattr.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;

/** Feeds a body to a reader, whole or in pieces of every kind. */
final class Pieces {
  private Pieces() {}

  static void whole(BodyReader reader, byte[] body) {
    reader.accept(body, 0, body.length);
    reader.end();
  }

  static void byteByByte(BodyReader reader, byte[] body) {
    for (int i = 0; i < body.length; i++) {
      reader.accept(body, i, 1);
    }
    reader.end();
  }

  /** Random pieces, mostly small, as arrays and as buffers of every kind. */
  static void random(BodyReader reader, byte[] body, Random random) {
    int i = 0;
    while (i < body.length) {
      int most = random.nextInt(4) == 0 ? 40 : 5;
      int length = Math.min(random.nextInt(most + 1), body.length - i);
      piece(reader, body, i, length, random);
      i += length;
    }
    reader.end();
  }

  private static void piece(BodyReader reader, byte[] body, int offset, int length, Random random) {
    if (random.nextBoolean()) {
      // Surroundings that would be seen if the bounds were not kept.
      byte[] apart = new byte[length + 16];
      java.util.Arrays.fill(apart, (byte) '"');
      System.arraycopy(body, offset, apart, 8, length);
      reader.accept(apart, 8, length);
      java.util.Arrays.fill(apart, (byte) 'x');
      return;
    }
    ByteBuffer buffer = buffer(body, offset, length, random.nextInt(3));
    int position = buffer.position();
    int limit = buffer.limit();
    reader.accept(buffer);
    assertThat(buffer.position()).isEqualTo(position);
    assertThat(buffer.limit()).isEqualTo(limit);
  }

  static ByteBuffer buffer(byte[] body, int offset, int length, int kind) {
    return switch (kind) {
      case 0 ->
          ByteBuffer.allocateDirect(length + 3)
              .position(3)
              .put(body, offset, length)
              .flip()
              .position(3);
      case 1 -> ByteBuffer.wrap(body, offset, length).slice();
      default -> ByteBuffer.wrap(body, offset, length).asReadOnlyBuffer();
    };
  }
}
