package io.costattr.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  @TempDir Path directory;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Properties properties = new Properties();
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void leave() {
    System.setErr(standardError);
  }

  @Test
  void theNearestSourceWins() throws IOException {
    environment.put("COSTATTR_CONFIG", yaml("queue.size: 1"));
    assertThat(read(null).number(Key.QUEUE_SIZE)).isEqualTo(1);

    environment.put("COSTATTR_QUEUE_SIZE", "2");
    assertThat(read(null).number(Key.QUEUE_SIZE)).isEqualTo(2);

    properties.setProperty("costattr.queue.size", "3");
    assertThat(read(null).number(Key.QUEUE_SIZE)).isEqualTo(3);

    assertThat(read("costattr.queue.size=4").number(Key.QUEUE_SIZE)).isEqualTo(4);
    assertThat(read("queue.size=5").number(Key.QUEUE_SIZE)).isEqualTo(5);
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @Test
  void withoutAnySourceThereAreDefaults() {
    Config config = read(null);

    assertThat(config.flag(Key.ENABLED)).isTrue();
    assertThat(config.file(Key.EVENTS_FILE)).isNull();
    assertThat(config.number(Key.QUEUE_SIZE)).isEqualTo(65536);
  }

  @ParameterizedTest
  @CsvSource({
    "queue.size=many, costattr.queue.size, a whole number",
    "queue.size=-1, costattr.queue.size, a whole number",
    "enabled=perhaps, costattr.enabled, true or false",
    "log=loud, costattr.log, 'off, warn, info or debug'"
  })
  void aBadValueIsNamedInOneLineAndTheDefaultIsUsed(String argument, String key, String allowed) {
    Config config = read(argument);

    assertThat(said.toString(UTF_8).lines()).hasSize(1);
    assertThat(said.toString(UTF_8)).contains(key, "the agent's argument", allowed);
    assertThat(config.number(Key.QUEUE_SIZE)).isEqualTo(65536);
    assertThat(config.flag(Key.ENABLED)).isTrue();
  }

  @Test
  void anUnknownKeyIsNamedWithItsSource() {
    properties.setProperty("costattr.evnts.file", "x");
    environment.put("COSTATTR_NO_SUCH", "y");

    read("nor.this=z");

    assertThat(said.toString(UTF_8).lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("costattr.evnts.file") && line.contains("-D"))
        .anyMatch(line -> line.contains("COSTATTR_NO_SUCH"))
        .anyMatch(line -> line.contains("nor.this") && line.contains("argument"));
  }

  @Test
  void aFamilyKeepsTheUsersOwnPartOfTheKey() {
    properties.setProperty("costattr.providers.localhost:8000", "vllm");
    environment.put("COSTATTR_DEFAULTS_TAG_COST_CENTER", "42");
    environment.put("COSTATTR_PROVIDERS_MY_HOST", "mine");

    Config config = read("providers.10.0.0.1=ollama");

    assertThat(config.family(Key.PROVIDERS))
        .containsEntry("localhost:8000", "vllm")
        .containsEntry("10.0.0.1", "ollama")
        .containsEntry("my_host", "mine");
    assertThat(config.family(Key.DEFAULTS_TAG)).containsExactly(Map.entry("cost_center", "42"));
  }

  @Test
  void yamlMayBeNestedOrFlatAndBeginWithTheProductsName() throws IOException {
    environment.put(
        "COSTATTR_CONFIG",
        yaml(
            "costattr:\n  events: {file: /tmp/e.jsonl}\n  estimate: false\n"
                + "defaults.tag.unit: 7\n"));

    Config config = read(null);

    assertThat(config.file(Key.EVENTS_FILE)).isEqualTo(Path.of("/tmp/e.jsonl"));
    assertThat(config.flag(Key.ESTIMATE)).isFalse();
    assertThat(config.family(Key.DEFAULTS_TAG)).containsEntry("unit", "7");
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'a: [1'", "'- a list'", "'just text'", "'a: !!javax.script.X [1]'"})
  void aFileThatIsNoConfigurationIsNamedAndIgnored(String text) throws IOException {
    String file = yaml(text);

    Config config = read("config=" + file);

    assertThat(said.toString(UTF_8).lines()).hasSize(1);
    assertThat(said.toString(UTF_8)).contains(file);
    assertThat(config.flag(Key.ENABLED)).isTrue();
  }

  @Test
  void aNamedFileThatIsMissingIsSaidAndAnUnnamedOneIsNot() {
    read("config=" + directory.resolve("none.yaml"));

    assertThat(said.toString(UTF_8)).contains("none.yaml", "does not exist");
  }

  @Test
  void openTelemetrysOwnVariablesAreTakenAndOursWin() {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://theirs");
    environment.put("COSTATTR_OTEL_EXPORTER_OTLP_ENDPOINT", "http://ours");
    environment.put("OTEL_SERVICE_NAME", "shop");

    Config config = read(null);

    assertThat(config.otel())
        .containsEntry("otel.exporter.otlp.endpoint", "http://ours")
        .containsEntry("otel.service.name", "shop");
  }

  @Test
  void anEmptyValueIsNoValue() {
    environment.put("COSTATTR_EVENTS_FILE", "");

    assertThat(read(null).file(Key.EVENTS_FILE)).isNull();
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @Test
  void anArgumentThatIsNoPairIsNamed() {
    read("events.file=/tmp/e,oops");

    assertThat(said.toString(UTF_8)).contains("oops", "key=value");
  }

  private Config read(@Nullable String argument) {
    return ConfigReader.read(argument, properties, environment);
  }

  private String yaml(String text) throws IOException {
    Path file = Files.createTempFile(directory, "c", ".yaml");
    return Files.writeString(file, text).toString();
  }
}
