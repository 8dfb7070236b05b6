package io.costattr.it.versions;

import static io.costattr.it.versions.Library.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent does not observe is said, not passed over. */
class UnseenTest {
  private static final Library CIO =
      new Library(
              "ktor", "io.ktor:ktor-client-cio-jvm", "ktorcio", List.of("2.3.13", "3.6.1"), once())
          .besides(version -> List.of(Kotlin.STDLIB));

  @TempDir Path directory;

  @Test
  void anEngineOfKtorThatIsNotObservedIsNamedOnceAndItsCallsAreLeftAlone() throws Exception {
    for (String version : CIO.versions()) {
      Path own = Files.createDirectory(directory.resolve(version));
      String classPath = Program.compile(CIO, version, own);
      try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
        Result result =
            AgentJvm.of(own, "Program")
                .withAgent("otel.sdk.disabled=true", "providers.127.0.0.1=openai")
                .classPath(classPath)
                .argument(server.baseUrl())
                .run();
        assertThat(result.out()).as(result.err()).isEqualToIgnoringNewLines("done");
        assertThat(result.err().lines().filter(line -> !line.contains("SLF4J")))
            .singleElement()
            .asString()
            .startsWith("[costattr] Ktor's engine CIO is in use")
            .contains("OkHttp, Java, Apache, Apache5");
        assertThat(result.events()).isEmpty();
      }
    }
  }
}
