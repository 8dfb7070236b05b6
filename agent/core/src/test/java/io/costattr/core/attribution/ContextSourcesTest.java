package io.costattr.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextSourcesTest {
  private static final HostSpan SPAN =
      new HostSpan("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", (byte) 0);

  private final List<ContextSource> added = new ArrayList<>();

  @AfterEach
  void removeAll() {
    added.forEach(ContextSources::remove);
  }

  @Test
  void withoutSourcesNothingIsSaid() {
    assertThat(ContextSources.attribution()).isEqualTo(Attribution.NONE);
    assertThat(ContextSources.host().span()).isNull();
  }

  @Test
  void theFirstThatSaysSomethingIsHeard() {
    add(null, null);
    add(feature("first"), null);
    add(feature("second"), SPAN);

    assertThat(ContextSources.attribution().feature()).isEqualTo("first");
    assertThat(ContextSources.host().span()).isEqualTo(SPAN);
  }

  @Test
  void aSourceThatSaysNothingOfWhoPaysDoesNotSilenceTheNext() {
    add(Attribution.NONE, null);
    add(new Attribution(null, null, null, null, null, null, Map.of()), null);
    add(feature("mine"), null);

    assertThat(ContextSources.attribution().feature()).isEqualTo("mine");
  }

  @Test
  void aSourceThatThrowsSaysNothing() {
    add(
        new ContextSource() {
          @Override
          public Attribution attribution() {
            throw new IllegalStateException("from the application");
          }

          @Override
          public HostSpan span() {
            throw new NoClassDefFoundError("io/opentelemetry/api/trace/Span");
          }
        });
    add(feature("mine"), SPAN);

    assertThat(ContextSources.attribution().feature()).isEqualTo("mine");
    assertThat(ContextSources.host().span()).isEqualTo(SPAN);
  }

  @Test
  void aSourceThatWasRemovedIsNotAsked() {
    ContextSource gone = add(feature("gone"), SPAN);
    add(feature("mine"), null);

    ContextSources.remove(gone);

    assertThat(ContextSources.attribution().feature()).isEqualTo("mine");
    assertThat(ContextSources.host().span()).isNull();
  }

  @Test
  void aSourceMayTakeItselfAwayWhenItIsAsked() {
    add(
        new ContextSource() {
          @Override
          public @Nullable Attribution attribution() {
            ContextSources.remove(this);
            return null;
          }
        });
    add(feature("mine"), null);

    assertThat(ContextSources.attribution().feature()).isEqualTo("mine");
  }

  @Test
  void whatTheThreadSaysWinsOverItsBaggageKeyByKey() {
    add(
        new ContextSource() {
          @Override
          public Attribution baggage() {
            return new Attribution("of baggage", "/b", null, null, null, null, Map.of())
                .from(Source.BAGGAGE);
          }
        });
    add(feature("mine"), null);

    Attribution said = ContextSources.attribution();

    assertThat(said.feature()).isEqualTo("mine");
    assertThat(said.route()).isEqualTo("/b");
    assertThat(said.sources().of(Dimension.FEATURE)).isEqualTo(Source.API);
    assertThat(said.sources().of(Dimension.ROUTE)).isEqualTo(Source.BAGGAGE);
    assertThat(said.sources().of(Dimension.TEAM)).isEqualTo(Source.NONE);

    ContextSources.readBaggage(false);
    try {
      assertThat(ContextSources.attribution().route()).isNull();
    } finally {
      ContextSources.readBaggage(true);
    }
  }

  /** A call that is observed there. */
  private record Observed(@Nullable HostSpan span) implements HostCall {
    @Override
    public @Nullable String operation() {
      return null;
    }

    @Override
    public @Nullable Object identity() {
      return null;
    }

    @Override
    public boolean write(Map<String, Object> attributes, String proof) {
      return false;
    }
  }

  private ContextSource observing(HostSpan current, HostCall call) {
    return new ContextSource() {
      @Override
      public HostSpan span() {
        return current;
      }

      @Override
      public HostCall call(@Nullable Object carried) {
        return call;
      }
    };
  }

  @Test
  void theSpanThatObservesTheCallIsTheOneItIsMadeIn() {
    HostCall call = new Observed(new HostSpan(SPAN.traceId(), "00000000000000ab", (byte) 1));
    add(null, SPAN);
    add(observing(SPAN, call));

    assertThat(ContextSources.host()).isEqualTo(new Host(call.span(), call));
  }

  @Test
  void aCallThatIsOnlyCountedIsMadeInTheCurrentSpan() {
    HostCall counted = new Observed(null);
    add(observing(SPAN, counted));

    assertThat(ContextSources.host()).isEqualTo(new Host(SPAN, counted));
  }

  @Test
  void whatIsToBeDoneAtTheFirstObservedCallIsDoneOnce() {
    int[] done = {0};
    ContextSources.atFirstCall(() -> done[0]++);
    ContextSources.host();
    assertThat(done[0]).isZero();

    add(observing(SPAN, new Observed(SPAN)));
    ContextSources.host();
    ContextSources.host();

    assertThat(done[0]).isEqualTo(1);
  }

  @Test
  void oneThatIsAddedFirstIsAskedFirst() {
    add(feature("last"), null);
    ContextSource first =
        new ContextSource() {
          @Override
          public Attribution attribution() {
            return feature("first");
          }
        };
    added.add(first);
    ContextSources.addFirst(first);

    assertThat(ContextSources.attribution().feature()).isEqualTo("first");
  }

  private static Attribution feature(String feature) {
    return new Attribution(feature, null, null, null, null, null, Map.of());
  }

  private ContextSource add(@Nullable Attribution attribution, @Nullable HostSpan span) {
    return add(
        new ContextSource() {
          @Override
          public @Nullable Attribution attribution() {
            return attribution;
          }

          @Override
          public @Nullable HostSpan span() {
            return span;
          }
        });
  }

  private ContextSource add(ContextSource source) {
    added.add(source);
    ContextSources.add(source);
    return source;
  }
}
