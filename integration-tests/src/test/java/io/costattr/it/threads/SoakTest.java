package io.costattr.it.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million tasks over executors of every kind, and not one of them somebody else's. */
class SoakTest {
  @TempDir Path directory;

  @Test
  void noTaskIsEverAnotherCustomersAndNoneIsMissed() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Soak.class)
              .longLived()
              .withAgent("log=off", "otel.sdk.disabled=true")
              .argument("1000000", server.baseUrl())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out().trim())
          .matches("tasks 100\\d{4} compared \\d{7} wrong 0 missing 0 waiting 0");
      CarriersTest.everyEventIsWhoseItWas(result, 5);
    }
  }
}
