package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds {@code docs/supported-libraries.md} against the libraries there are. Run with {@code
 * WRITE_DOCS=true} to write it anew.
 */
class SupportedLibrariesTest {
  private static final Path DOCUMENT = AgentJvm.root().resolve("docs/supported-libraries.md");
  private static final String COMPARISONS = "io.costattr.it.differential.DifferentialTest";

  @Test
  void thePageSaysWhatIsTested() throws IOException {
    String page = SupportedLibraries.page();
    if ("true".equals(System.getenv("WRITE_DOCS"))) {
      Files.writeString(DOCUMENT, page);
    }
    assertThat(Files.readString(DOCUMENT))
        .as(
            "docs/supported-libraries.md is generated;"
                + " run this test with WRITE_DOCS=true in the environment")
        .isEqualTo(page);
  }

  @Test
  void everyComparisonIsNamedAndIsThere() throws ClassNotFoundException {
    List<String> comparisons =
        Arrays.stream(Class.forName(COMPARISONS).getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(TestFactory.class))
            .map(Method::getName)
            .sorted()
            .toList();

    assertThat(SupportedLibraries.comparisons()).containsExactlyElementsOf(comparisons);
  }

  @Test
  void aRowIsNamedByItsProgramAlone() {
    Path programs = AgentJvm.root().resolve("integration-tests/src/test/resources/programs");

    assertThat(Library.all()).extracting(Library::program).doesNotHaveDuplicates();
    assertThat(Library.all())
        .allMatch(
            library ->
                Files.exists(programs.resolve(library.program() + "/Program.java"))
                    || Files.exists(programs.resolve(library.program() + "/Program.kt")));
  }
}
