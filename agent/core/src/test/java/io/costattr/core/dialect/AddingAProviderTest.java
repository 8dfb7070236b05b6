package io.costattr.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/adding-a-provider.md says is so. */
class AddingAProviderTest {
  private static final Path ROOT = Path.of("../..");

  private final String page = read(ROOT.resolve("docs/adding-a-provider.md"));

  @Test
  void everyProviderIsListedAsItIs() {
    String expected =
        new Providers(Map.of())
            .all().stream().map(AddingAProviderTest::row).collect(Collectors.joining("\n"));

    assertThat(page).contains("|---|---|---|\n" + expected + "\n\n");
  }

  @Test
  void theExamplesAreTheSourcesThemselves() {
    List<MatchResult> examples =
        Pattern.compile("<!-- source: (\\S+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .toList();

    assertThat(examples).hasSize(2);
    for (MatchResult example : examples) {
      assertThat(read(ROOT.resolve(example.group(1)))).endsWith(example.group(2));
    }
  }

  @Test
  void everyOverrideOfAnAccentIsNamed() {
    assertThat(Accent.class.getDeclaredMethods())
        .filteredOn(method -> !method.isSynthetic())
        .extracting(method -> "`" + method.getName() + "`")
        .filteredOn(name -> !name.equals("`hasOpenAiModels`"))
        .allSatisfy(name -> assertThat(page).contains(name));
  }

  @Test
  void everyMarkOfASheetIsNamed() throws IOException {
    for (Fixture fixture : Fixture.all()) {
      for (String key : fixture.expected().keySet()) {
        assertThat(page).contains("`" + key + "`");
      }
    }
  }

  @Test
  void everyFileThatIsLinkedIsThere() {
    assertThat(Pattern.compile("\\]\\(([^)#]+)\\)").matcher(page).results())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ROOT.resolve("docs").resolve(link.group(1))).exists());
  }

  @Test
  void theRulesMeanWhatThePageSays(@TempDir Path folder) throws IOException {
    String yaml = page.substring(page.indexOf("```yaml\n") + 8);
    Path file =
        Files.writeString(folder.resolve("costattr.yaml"), yaml.substring(0, yaml.indexOf("```")));
    Config config = ConfigReader.read("config=" + file, new Properties(), Map.of());
    Routes routes = new Routes(config.family(Key.PROVIDERS), config.family(Key.AZURE_DEPLOYMENTS));

    assertThat(provider(routes, "localhost", 8000, "/v1/chat/completions")).isEqualTo("vllm");
    assertThat(provider(routes, "api.internal.example", 443, "/openai/v1/responses"))
        .isEqualTo("openai");
    assertThat(provider(routes, "llm.acme.example", 443, "/v1/messages")).isEqualTo("acme");
    assertThat(config.family(Key.AZURE_DEPLOYMENTS))
        .isEqualTo(Map.of("support-bot", "gpt-4.1-mini"));
  }

  private static String provider(Routes routes, String host, int port, String path) {
    return Objects.requireNonNull(routes.find("POST", host, port, path)).provider();
  }

  private static String row(Provider provider) {
    String hosts =
        provider.hosts().isEmpty()
            ? "none: named by a rule"
            : provider.hosts().stream()
                .map(host -> "`" + host + "`")
                .collect(Collectors.joining(", "));
    return "| `"
        + provider.name()
        + "` | "
        + hosts
        + " | "
        + provider.dialects().stream()
            .map(AddingAProviderTest::dialect)
            .collect(Collectors.joining(", "))
        + " |";
  }

  private static String dialect(Dialect dialect) {
    String name = dialect.getClass().getSimpleName();
    return name.equals("OpenAiDialect")
        ? "OpenAI"
        : name.substring(0, name.length() - "Dialect".length());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
