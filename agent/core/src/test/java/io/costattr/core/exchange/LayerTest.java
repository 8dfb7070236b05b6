package io.costattr.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void whatIsCalledBelowALibraryIsItsCall() {
    Layer layer = Layer.enter("framework 1");
    Call first = Call.current();

    assertThat(first).isNotNull();
    assertThat(first.client()).isEqualTo("framework 1");
    assertThat(Call.current()).as("every attempt's").isSameAs(first);
    assertThat(Call.captureBelow("sdk 2")).isSameAs(first);
    Layer.leave(layer);
    assertThat(Call.current()).isNull();
    assertThat(Call.captureBelow("sdk 2").client()).isEqualTo("sdk 2");
  }

  @Test
  void theOutermostLibraryNamesTheCall() {
    Layer outer = Layer.enter("framework 1");
    Layer inner = Layer.enter("framework 2");

    assertThat(Call.captureBelow("sdk").client()).isEqualTo("framework 1");
    Layer.leave(inner);
    assertThat(Call.captureBelow("sdk").client()).isEqualTo("framework 1");
    Layer.leave(outer);
    assertThat(Call.current()).isNull();
  }

  @Test
  void callsOneAfterTheOtherAreTwo() {
    Layer layer = Layer.enter("framework 1");
    Call first = Call.current();
    Layer.leave(layer);
    layer = Layer.enter("framework 1");

    assertThat(Call.current()).isNotNull().isNotSameAs(first);
    Layer.leave(layer);
  }

  @Test
  void whatTheApplicationCallsAfterAStreamHasBegunIsItsOwn() {
    Layer layer = Layer.enterOnce("framework 1");
    Call stream = Call.current();
    assertThat(stream).isNotNull();
    stream.carryWith(new Object());

    assertThat(Call.current()).isNull();
    Layer handler = Layer.enterOnce("framework 2");
    assertThat(Call.captureBelow("sdk").client()).isEqualTo("framework 2");
    Layer.leave(handler);
    assertThat(Call.current()).isNull();
    Layer.leave(layer);
    assertThat(Call.current()).isNull();
  }

  @Test
  void anotherThreadIsNotBelow() {
    Layer layer = Layer.enter("framework 1");

    assertThat(CompletableFuture.supplyAsync(Call::current).join()).isNull();
    Layer.leave(layer);
  }

  @Test
  void leavingWhatWasNotEnteredDoesNothing() {
    Layer layer = Layer.enter("framework 1");
    Layer.leave(null);
    Layer.leave("advice of another kind");

    assertThat(Call.current()).isNotNull();
    Layer.leave(layer);
  }
}
