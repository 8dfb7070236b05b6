package io.costattr.core.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) over bytes that come in pieces: 64 bits by which equal
 * texts are known to be equal, and that tell nothing of the text to whoever lacks the key. About a
 * nanosecond a byte. Not thread-safe.
 */
final class SipHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int WORD = Long.BYTES;

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  /** The bytes that do not make a word yet, the first one lowest. */
  private long rest;

  private long length;

  /** With the two halves of a key of 128 bits. */
  SipHash(long k0, long k1) {
    v0 = k0 ^ 0x736f6d6570736575L;
    v1 = k1 ^ 0x646f72616e646f6dL;
    v2 = k0 ^ 0x6c7967656e657261L;
    v3 = k1 ^ 0x7465646279746573L;
  }

  void update(byte[] bytes, int offset, int count) {
    int at = offset;
    int end = offset + count;
    while (at < end && length % WORD != 0) {
      one(bytes[at++]);
    }
    while (end - at >= WORD) {
      word((long) LONG.get(bytes, at));
      length += WORD;
      at += WORD;
    }
    while (at < end) {
      one(bytes[at++]);
    }
  }

  private void one(byte b) {
    rest |= (b & 0xFFL) << (8 * (length % WORD));
    length++;
    if (length % WORD == 0) {
      word(rest);
      rest = 0;
    }
  }

  private void word(long m) {
    v3 ^= m;
    round();
    round();
    v0 ^= m;
  }

  private void round() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }

  /** Of all that came; nothing may come afterwards. */
  long digest() {
    word(rest | length << 56);
    v2 ^= 0xFF;
    for (int i = 0; i < 4; i++) {
      round();
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
