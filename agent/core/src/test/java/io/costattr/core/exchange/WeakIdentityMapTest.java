package io.costattr.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeakIdentityMapTest {
  private final WeakIdentityMap<String> map = new WeakIdentityMap<>();

  private record Same(int value) {}

  @Test
  void equalObjectsAreTwo() {
    Same one = new Same(1);
    Same other = new Same(1);
    map.put(one, "one");

    assertThat(map.get(one)).isEqualTo("one");
    assertThat(map.get(other)).isNull();
  }

  @Test
  void anObjectIsKnownThoughItChanges() {
    List<String> key = new ArrayList<>();
    map.put(key, "kept");

    key.add("now it hashes otherwise");

    assertThat(map.get(key)).isEqualTo("kept");
    assertThat(map.remove(key)).isEqualTo("kept");
    assertThat(map.size()).isZero();
  }

  @Test
  void anObjectThatThrowsWhenAskedIsNotAsked() {
    Object key = new Unequal();
    map.put(key, "kept");

    assertThat(map.get(key)).isEqualTo("kept");
  }

  private static final class Unequal {
    @Override
    public boolean equals(@Nullable Object other) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int hashCode() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aValueThatWasTakenOutDoesNotComeBack() {
    Object key = new Object();
    map.put(key, "a");

    assertThat(map.remove(key)).isEqualTo("a");
    assertThat(map.remove(key)).isNull();
    assertThat(map.get(new Object())).isNull();
  }

  @Test
  void aLaterValueReplacesAnEarlierOne() {
    Object key = new Object();
    map.put(key, "a");
    map.put(key, "b");

    assertThat(map.get(key)).isEqualTo("b");
    assertThat(map.size()).isEqualTo(1);
    assertThat(map.remove(key)).isEqualTo("b");
    assertThat(map.get(key)).isNull();
  }

  @Test
  void aKeyIsNotKeptAndItsValueGoesWithIt() {
    WeakReference<Object> gone = putSomething();
    Object kept = new Object();
    map.put(kept, "kept");
    for (int i = 0; i < 100 && (gone.get() != null || map.size() > 1); i++) {
      System.gc();
      Thread.onSpinWait();
    }

    assertThat(gone.get()).isNull();
    assertThat(map.size()).isEqualTo(1);
    assertThat(map.get(kept)).isEqualTo("kept");
  }

  private WeakReference<Object> putSomething() {
    Object key = new Object();
    map.put(key, "value");
    return new WeakReference<>(key);
  }
}
