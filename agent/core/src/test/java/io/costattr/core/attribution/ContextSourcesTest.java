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
    assertThat(ContextSources.span()).isNull();
  }

  @Test
  void theFirstThatSaysSomethingIsHeard() {
    add(null, null);
    add(feature("first"), null);
    add(feature("second"), SPAN);

    assertThat(ContextSources.attribution().feature()).isEqualTo("first");
    assertThat(ContextSources.span()).isEqualTo(SPAN);
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
    assertThat(ContextSources.span()).isEqualTo(SPAN);
  }

  @Test
  void aSourceThatWasRemovedIsNotAsked() {
    ContextSource gone = add(feature("gone"), SPAN);
    add(feature("mine"), null);

    ContextSources.remove(gone);

    assertThat(ContextSources.attribution().feature()).isEqualTo("mine");
    assertThat(ContextSources.span()).isNull();
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
