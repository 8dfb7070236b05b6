package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecoderTest {
  private static final byte[] BODY =
      "{\"usage\":{\"prompt_tokens\":53}} ".repeat(50).getBytes(UTF_8);

  private final Collected collected = new Collected();

  private static final class Collected extends BodyReader {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int ends;

    @Override
    public void accept(byte[] from, int offset, int length) {
      bytes.write(from, offset, length);
    }

    @Override
    public void end() {
      ends++;
    }
  }

  private ContentDecoder decode(String encoding, byte[] encoded) {
    ContentDecoder decoder = new ContentDecoder(encoding, collected);
    Pieces.whole(decoder, encoded);

    Collected inPieces = new Collected();
    ContentDecoder split = new ContentDecoder(encoding, inPieces);
    Pieces.byteByByte(split, encoded);
    assertThat(split.corrupt()).isEqualTo(decoder.corrupt());
    if (!decoder.corrupt()) {
      // zlib may give up a few bytes earlier or later.
      assertThat(inPieces.bytes.toByteArray()).isEqualTo(collected.bytes.toByteArray());
    }
    return decoder;
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(byte[] body, boolean raw, int level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(level, raw);
    try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private void assertWhole(ContentDecoder decoder, byte[] body) {
    assertThat(decoder.corrupt()).isFalse();
    assertThat(decoder.limited()).isFalse();
    assertThat(collected.bytes.toByteArray()).isEqualTo(body);
    assertThat(decoder.decodedBytes()).isEqualTo(body.length);
    assertThat(collected.ends).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZip", "x-gzip", " gzip "})
  void undoesGzip(String encoding) {
    assertWhole(decode(encoding, gzip(BODY)), BODY);
  }

  @Test
  void undoesGzipOfSeveralMembers() {
    byte[] encoded = concat(gzip(BODY), gzip(new byte[0]), gzip("more".getBytes(UTF_8)));
    assertWhole(decode("gzip", encoded), concat(BODY, "more".getBytes(UTF_8)));
  }

  @Test
  void ignoresPaddingBehindTheLastMember() {
    assertWhole(decode("gzip", concat(gzip(BODY), new byte[100])), BODY);
    collected.bytes.reset();
    collected.ends = 0;
    assertWhole(decode("gzip", concat(gzip(BODY), new byte[] {0x1F, 0x00})), BODY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 8, 16, 6, 24, 30, 31})
  void readsEveryHeader(int flags) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
    if ((flags & 4) != 0) {
      encoded.writeBytes(new byte[] {44, 1});
      encoded.writeBytes(new byte[300]);
    }
    if ((flags & 8) != 0) {
      encoded.writeBytes("name\0".getBytes(ISO_8859_1));
    }
    if ((flags & 16) != 0) {
      encoded.writeBytes("a comment\0".getBytes(ISO_8859_1));
    }
    if ((flags & 2) != 0) {
      CRC32 checksum = new CRC32();
      checksum.update(encoded.toByteArray());
      encoded.write((int) checksum.getValue());
      encoded.write((int) (checksum.getValue() >> 8));
    }
    encoded.writeBytes(deflate(BODY, true, 9));
    encoded.writeBytes(new byte[8]);
    assertWhole(decode("gzip", encoded.toByteArray()), BODY);
  }

  @Test
  void readsAnEmptyExtraField() {
    byte[] header = {0x1F, (byte) 0x8B, 8, 4, 0, 0, 0, 0, 0, 0, 0, 0};
    assertWhole(decode("gzip", concat(header, deflate(BODY, true, 1))), BODY);
  }

  @Test
  void needsNoTrailer() {
    byte[] encoded = gzip(BODY);
    assertWhole(decode("gzip", Arrays.copyOf(encoded, encoded.length - 8)), BODY);
  }

  @Test
  void undoesDeflateWithItsWrapper() {
    for (int level = 0; level <= 9; level++) {
      collected.bytes.reset();
      collected.ends = 0;
      assertWhole(decode("deflate", deflate(BODY, false, level)), BODY);
    }
  }

  @Test
  void undoesDeflateWithoutItsWrapper() {
    for (int level = 0; level <= 9; level++) {
      collected.bytes.reset();
      collected.ends = 0;
      assertWhole(decode("Deflate", deflate(BODY, true, level)), BODY);
    }
  }

  @Test
  void identityIsHandedThrough() {
    assertWhole(decode("identity", BODY), BODY);
    collected.bytes.reset();
    collected.ends = 0;
    assertWhole(decode(null, BODY), BODY);
    collected.bytes.reset();
    collected.ends = 0;
    assertWhole(decode("", BODY), BODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "compress", "gzip, br", "nonsense"})
  void otherEncodingsAreUnsupportedAndTheirBytesIgnored(String encoding) {
    ContentDecoder decoder = decode(encoding, BODY);
    assertThat(decoder.unsupported()).isTrue();
    assertThat(decoder.corrupt()).isFalse();
    assertThat(collected.bytes.size()).isZero();
    assertThat(collected.ends).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void whatIsNotEncodedAsItSaysIsCorrupt(String encoding) {
    assertThat(decode(encoding, "{\"usage\":{\"prompt_tokens\":53}}".getBytes(UTF_8)).corrupt())
        .isTrue();
    assertThat(collected.ends).isEqualTo(1);
  }

  @Test
  void aStreamThatWantsADictionaryIsCorrupt() {
    Deflater deflater = new Deflater();
    deflater.setDictionary("usage".getBytes(UTF_8));
    deflater.setInput(BODY);
    deflater.finish();
    byte[] encoded = new byte[1_000];
    int length = deflater.deflate(encoded);
    deflater.end();
    assertThat(decode("deflate", Arrays.copyOf(encoded, length)).corrupt()).isTrue();
    assertThat(collected.bytes.size()).isZero();
  }

  @Test
  void aCutStreamGivesWhatItHadAndIsNotCorrupt() {
    byte[] encoded = gzip(BODY);
    for (int length = 0; length < encoded.length; length++) {
      collected.bytes.reset();
      ContentDecoder decoder = decode("gzip", Arrays.copyOf(encoded, length));
      assertThat(decoder.corrupt()).isFalse();
      byte[] had = collected.bytes.toByteArray();
      assertThat(had).isEqualTo(Arrays.copyOf(BODY, had.length));
    }
  }

  @Test
  void aFlushedStreamIsDecodedAsItComes() throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ContentDecoder decoder = new ContentDecoder("gzip", collected);
    try (OutputStream out = new GZIPOutputStream(encoded, 512, true)) {
      for (String event : new String[] {"data: 1\n\n", "data: 2\n\n"}) {
        out.write(event.getBytes(UTF_8));
        out.flush();
        decoder.accept(encoded.toByteArray(), 0, encoded.size());
        encoded.reset();
        assertThat(collected.bytes.toString(UTF_8)).endsWith(event);
      }
    }
    decoder.close();
  }

  @Test
  void aBombIsStoppedAtTheLimit() {
    byte[] bomb = gzip(new byte[3_000_000]);
    ContentDecoder decoder = new ContentDecoder("gzip", collected, 1_000_001);
    Pieces.whole(decoder, concat(bomb, bomb));
    assertThat(decoder.limited()).isTrue();
    assertThat(decoder.corrupt()).isFalse();
    assertThat(decoder.decodedBytes()).isEqualTo(1_000_001);
    assertThat(collected.bytes.size()).isEqualTo(1_000_001);
  }

  @Test
  void aBodyOfExactlyTheLimitIsWhole() {
    ContentDecoder decoder = new ContentDecoder("gzip", collected, BODY.length);
    Pieces.whole(decoder, gzip(BODY));
    assertWhole(decoder, BODY);
  }

  @Test
  void onceClosedItIgnoresWhatComes() {
    byte[] encoded = gzip(BODY);
    ContentDecoder decoder = new ContentDecoder("gzip", collected);
    decoder.accept(encoded, 0, 20);
    decoder.close();
    decoder.close();
    int before = collected.bytes.size();
    decoder.accept(encoded, 20, encoded.length - 20);
    assertThat(collected.bytes.size()).isEqualTo(before);
    assertThat(decoder.corrupt()).isFalse();
  }

  @Property(tries = 300)
  void anySplitOfAnyBodyGivesTheBody(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] body = new byte[random.nextInt(40_000)];
    // Some that packs well and some that does not.
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i % 1_000 < 500 ? i / 100 : random.nextInt());
    }
    int kind = random.nextInt(3);
    byte[] encoded = kind == 0 ? gzip(body) : deflate(body, kind == 1, random.nextInt(10));
    ContentDecoder decoder = new ContentDecoder(kind == 0 ? "gzip" : "deflate", collected);
    collected.bytes.reset();
    collected.ends = 0;

    Pieces.random(decoder, encoded, random);

    assertWhole(decoder, body);
  }

  @Property(tries = 1_000)
  void aBrokenStreamNeverThrows(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] encoded = random.nextBoolean() ? gzip(BODY) : deflate(BODY, random.nextBoolean(), 6);
    byte[] broken = RandomJson.mutated(encoded, random);

    Pieces.random(
        new ContentDecoder(random.nextBoolean() ? "gzip" : "deflate", collected), broken, random);
  }
}
