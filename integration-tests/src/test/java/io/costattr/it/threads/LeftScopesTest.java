package io.costattr.it.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.it.CompiledProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a filter leaves open ends with its request, whoever is next on that thread. */
class LeftScopesTest {
  @TempDir Path directory;

  @Test
  void theNextRequestOfAWorkerIsNobodys() throws Exception {
    Result result =
        AgentJvm.of(directory, "Program")
            .withAgent("otel.sdk.disabled=true")
            .classPath(
                CompiledProgram.classPathWithApi(
                    "leftscopes",
                    directory,
                    "org.eclipse.jetty.ee10:jetty-ee10-servlet:12.0.39",
                    "io.undertow:undertow-servlet:2.3.18.Final"))
            .run();

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .containsExactly(
            "jetty/leave left",
            "jetty/next null",
            "jetty at once left null",
            "undertow/leave left",
            "undertow/next null",
            "undertow at once left null");
    assertThat(result.err()).containsOnlyOnce("has left an attribution scope open");
  }
}
