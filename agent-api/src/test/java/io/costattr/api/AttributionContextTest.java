package io.costattr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttributionContextTest {
  private static final Attribution CHAT =
      Attribution.builder().feature("chat").team("growth").tag("experiment", "A").build();
  private static final Attribution CUSTOMER =
      Attribution.builder().customerId("cust_1").tag("experiment", "B").tag("user", "u").build();

  @AfterEach
  void nothingLeaksBetweenTests() {
    assertThat(AttributionContext.current()).isEqualTo(Attribution.none());
  }

  @Test
  void nestedScopesMergeAndClosingRestores() {
    try (Scope outer = AttributionContext.with(CHAT)) {
      try (Scope inner = AttributionContext.with(CUSTOMER)) {
        Attribution merged = AttributionContext.current();
        assertThat(merged.feature()).isEqualTo("chat");
        assertThat(merged.customerId()).isEqualTo("cust_1");
        assertThat(merged.tags()).containsEntry("experiment", "B").containsEntry("user", "u");
      }
      assertThat(AttributionContext.current()).isEqualTo(CHAT);
    }
  }

  @Test
  void closingTheOuterScopeFirstEndsBothInTheEnd() {
    Scope outer = AttributionContext.with(CHAT);
    Scope inner = AttributionContext.with(CUSTOMER);
    outer.close();
    assertThat(AttributionContext.current().customerId()).isEqualTo("cust_1");
    inner.close();
    assertThat(AttributionContext.current()).isEqualTo(Attribution.none());
  }

  @Test
  void closingOnAnotherThreadEndsTheScopeWhereItWasOpened() throws Exception {
    Scope scope = AttributionContext.with(CHAT);
    AtomicReference<Attribution> there = new AtomicReference<>();
    Thread other =
        new Thread(
            () -> {
              try (Scope own = AttributionContext.with(CUSTOMER)) {
                scope.close();
                there.set(AttributionContext.current());
              }
            });
    other.start();
    other.join();
    assertThat(there.get()).isEqualTo(CUSTOMER);
    assertThat(AttributionContext.current()).isEqualTo(Attribution.none());
  }

  @Test
  void closingTwiceDoesNothingMore() {
    Scope outer = AttributionContext.with(CHAT);
    Scope inner = AttributionContext.with(CUSTOMER);
    inner.close();
    inner.close();
    assertThat(AttributionContext.current()).isEqualTo(CHAT);
    outer.close();
  }

  @Test
  void runAndCallPutTheAttributionInForceAndPassResultsAndExceptions() throws Exception {
    AttributionContext.run(CHAT, () -> assertThat(AttributionContext.current()).isEqualTo(CHAT));
    assertThat(AttributionContext.call(CHAT, () -> AttributionContext.current().feature()))
        .isEqualTo("chat");
    assertThatThrownBy(
            () ->
                AttributionContext.call(
                    CHAT,
                    () -> {
                      throw new java.io.IOException("down");
                    }))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void wrappedTasksRunUnderExactlyWhatWasInForceWhenTheyWereWrapped() throws Exception {
    Runnable runnable;
    Callable<Attribution> callable;
    Supplier<Attribution> supplier;
    AtomicReference<Attribution> seen = new AtomicReference<>();
    try (Scope scope = AttributionContext.with(CHAT)) {
      runnable = AttributionContext.wrap(() -> seen.set(AttributionContext.current()));
      callable = AttributionContext.wrap((Callable<Attribution>) AttributionContext::current);
      supplier = AttributionContext.wrap((Supplier<Attribution>) AttributionContext::current);
    }
    Runnable wrappedOutside = AttributionContext.wrap(() -> seen.set(AttributionContext.current()));
    try (Scope scope = AttributionContext.with(CUSTOMER)) {
      runnable.run();
      assertThat(seen.get()).isEqualTo(CHAT);
      assertThat(callable.call()).isEqualTo(CHAT);
      assertThat(supplier.get()).isEqualTo(CHAT);
      wrappedOutside.run();
      assertThat(seen.get()).isEqualTo(Attribution.none());
      assertThat(AttributionContext.current()).isEqualTo(CUSTOMER);
    }
  }

  @Test
  void aWrappedExecutorCarriesTheAttributionOfItsCaller() {
    Queue<Runnable> queue = new ArrayDeque<>();
    AtomicReference<Attribution> seen = new AtomicReference<>();
    try (Scope scope = AttributionContext.with(CHAT)) {
      AttributionContext.wrap(queue::add).execute(() -> seen.set(AttributionContext.current()));
    }
    queue.remove().run();
    assertThat(seen.get()).isEqualTo(CHAT);
  }

  @Test
  void newThreadsInheritNothing() throws Exception {
    AtomicReference<Attribution> seen = new AtomicReference<>();
    try (Scope scope = AttributionContext.with(CHAT)) {
      Thread thread = new Thread(() -> seen.set(AttributionContext.current()));
      thread.start();
      thread.join();
    }
    assertThat(seen.get()).isEqualTo(Attribution.none());
  }

  @Test
  void blankValuesCountAsNotSaid() {
    Attribution blank = Attribution.builder().feature(" ").customerId("").tag("x", null).build();
    assertThat(blank).isEqualTo(Attribution.none());
    assertThatThrownBy(() -> Attribution.builder().tag(" ", "v"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
