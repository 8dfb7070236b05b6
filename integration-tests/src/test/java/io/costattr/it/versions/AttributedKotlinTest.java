package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.api.Attributed;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code @Attributed} on functions of Kotlin's. */
class AttributedKotlinTest {
  @TempDir Path directory;

  @Test
  void ofAFunctionThatSuspendsOnlyWhatRunsBeforeIsAttributedAndTheRestToNobodyElse()
      throws Exception {
    Path source = directory.resolve("Program.kt");
    try (InputStream in = getClass().getResourceAsStream("/programs/attributedkotlin/Program.kt")) {
      Files.write(source, in.readAllBytes());
    }
    Path api =
        Path.of(Attributed.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path classes = Files.createDirectory(directory.resolve("classes"));
    String classPath =
        Stream.concat(
                Stream.of(classes, api),
                Arrays.stream(Maven.resolver().resolve(Kotlin.STDLIB).withTransitivity().asFile())
                    .map(File::toPath))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Kotlin.compile(source, classes, classPath);
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, "Program")
              .withAgent("otel.sdk.disabled=true")
              .classPath(classPath)
              .argument(server.baseUrl())
              .run();

      assertThat(result.out()).as(result.err()).isEqualToIgnoringNewLines("sold");
      assertThat(result.eachEvents("feature")).containsExactly("sale", "(unattributed)", "other");
      assertThat(result.eachEvents("customer_id")).containsExactly("7", "(unattributed)", "cust_2");
      assertThat(result.err()).doesNotContain("@Attributed").doesNotContain("internal fault");
    }
  }
}
