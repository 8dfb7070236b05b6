package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TextSampleTest {
  private final TextSample sample = new TextSample();

  private void append(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    sample.append(bytes, 0, bytes.length);
  }

  @Test
  void keepsAShortTextWhole() {
    append("Hello");
    append(", ");
    append("");
    append("w\u00f6rld");
    assertThat(sample.sampled()).isEqualTo("Hello, w\u00f6rld");
    assertThat(sample.bytesSeen()).isEqualTo(13);
    assertThat(sample.sampledBytes()).isEqualTo(13);
    assertThat(sample.truncated()).isFalse();
  }

  @Test
  void isEmptyBeforeTheFirstByte() {
    assertThat(sample.sampled()).isEmpty();
    assertThat(sample.bytesSeen()).isZero();
    assertThat(sample.truncated()).isFalse();
    sample.release();
  }

  @Test
  void keepsTheBeginningOfALongTextAndCountsTheRest() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      append(i + " words ");
      all.append(i).append(" words ");
    }
    assertThat(sample.sampled()).isEqualTo(all.substring(0, TextSample.LIMIT));
    assertThat(sample.sampledBytes()).isEqualTo(TextSample.LIMIT);
    assertThat(sample.bytesSeen()).isEqualTo(all.length());
    assertThat(sample.truncated()).isTrue();
  }

  @Test
  void aLongTextInOnePieceIsCutAtTheLimit() {
    append("x".repeat(TextSample.LIMIT + 1));
    assertThat(sample.sampled()).isEqualTo("x".repeat(TextSample.LIMIT));
    assertThat(sample.truncated()).isTrue();
  }

  @Test
  void leavesOutACharacterThatTheLimitCuts() {
    for (String character : new String[] {"\u00e9", "\u20ac", "\ud83d\ude00"}) {
      for (int before = 1; before < character.getBytes(UTF_8).length; before++) {
        TextSample cut = new TextSample();
        byte[] text = ("x".repeat(TextSample.LIMIT - before) + character).getBytes(UTF_8);
        cut.append(text, 0, text.length);
        assertThat(cut.sampled()).isEqualTo("x".repeat(TextSample.LIMIT - before));
        cut.release();
      }
    }
  }

  @Test
  void keepsAWholeCharacterAtTheEnd() {
    append("x\ud83d\ude00");
    assertThat(sample.sampled()).isEqualTo("x\ud83d\ude00");
  }

  @Test
  void bytesThatAreNoUtf8DoNoHarm() {
    byte[] bytes = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80};
    sample.append(bytes, 0, bytes.length);
    assertThat(sample.sampled()).isEqualTo("\ufffd".repeat(5));
    sample.append(new byte[] {'a', (byte) 0xF8}, 0, 2);
    assertThat(sample.sampled()).startsWith("\ufffd".repeat(5) + "a");
  }

  @Test
  void afterReleaseItOnlyCounts() {
    append("Hello");
    sample.release();
    sample.release();
    append(" world");
    assertThat(sample.sampled()).isEmpty();
    assertThat(sample.bytesSeen()).isEqualTo(11);
    assertThat(sample.sampledBytes()).isEqualTo(5);
  }

  @Test
  void mayBeReleasedByAnotherThread() {
    append("Hello");
    CompletableFuture.runAsync(sample::release).join();
    assertThat(sample.sampled()).isEmpty();
  }

  @Test
  void ofManyReleasesAtOnceOneGivesTheBufferBack() {
    for (int i = 0; i < 200; i++) {
      TextSample one = new TextSample();
      one.append(new byte[] {1}, 0, 1);
      CompletableFuture<Void> other = CompletableFuture.runAsync(one::release);
      one.release();
      other.join();
      TextSample first = new TextSample();
      TextSample second = new TextSample();
      first.append("first".getBytes(UTF_8), 0, 5);
      second.append("second".getBytes(UTF_8), 0, 6);
      assertThat(first.sampled()).isEqualTo("first");
      first.release();
      second.release();
    }
  }

  @Test
  void aPoolHandsOutEachArrayOnceAndKeepsNoMoreThanItsCapacity() {
    BufferPool pool = new BufferPool(8, 2);
    byte[] a = pool.take();
    byte[] b = pool.take();
    byte[] c = pool.take();
    assertThat(a).hasSize(8).isNotSameAs(b);
    pool.give(a);
    pool.give(b);
    pool.give(c);
    Set<Integer> again = new HashSet<>();
    again.add(System.identityHashCode(pool.take()));
    again.add(System.identityHashCode(pool.take()));
    assertThat(again)
        .containsExactlyInAnyOrder(System.identityHashCode(a), System.identityHashCode(b));
    assertThat(pool.take()).isNotSameAs(c);
  }

  @Test
  void whatWasSampledIsWipedBeforeItsBufferIsUsedAgain() {
    append("x".repeat(TextSample.LIMIT + 1));
    sample.release();
    assertThat(TextSample.SMALL_BUFFERS.take()).containsOnly(0);
    assertThat(TextSample.LARGE_BUFFERS.take()).containsOnly(0);
  }
}
