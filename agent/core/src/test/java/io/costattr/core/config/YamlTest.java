package io.costattr.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration file, well written and otherwise. */
class YamlTest {
  @TempDir Path directory;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void leave() {
    System.setErr(standardError);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.10     | 1.10",
        "007      | 007",
        "1e3      | 1e3",
        "0x1F     | 0x1F",
        "12_000   | 12_000",
        "true     | true",
        "no       | no",
        ".nan     | .nan",
        "\"null\" | null",
        "2026-01-01 | 2026-01-01",
        "18446744073709551616 | 18446744073709551616",
        "\"a: b\" | a: b",
        "a # b    | a",
        "ümlaut   | ümlaut"
      })
  void aTextIsWhatIsWritten(String written, String meant) throws IOException {
    Config config = read("defaults:\n  tag:\n    release: " + written);

    assertThat(config.family(Key.DEFAULTS_TAG)).containsExactly(Map.entry("release", meant));
    assertThat(lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "~", "''", "\"  \""})
  void whatIsEmptyIsNotSet(String written) throws IOException {
    Config config = read("queue:\n  size: " + written + "\nevents:\nprices.file: " + written);

    assertThat(config.number(Key.QUEUE_SIZE)).isEqualTo(65536);
    assertThat(config.text(Key.PRICES_FILE)).isNull();
    assertThat(lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n", "---\n", "{}", "costattr:\n", "\uFEFF"})
  void aFileMayBeEmpty(String text) throws IOException {
    assertThat(read(text).flag(Key.ENABLED)).isTrue();
    assertThat(lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queue.size: many                | costattr.queue.size   | a whole number, 0 or more",
        "queue.size: -1                  | costattr.queue.size   | a whole number, 0 or more",
        "queue.size: 1.5                 | costattr.queue.size   | a whole number, 0 or more",
        "queue.size: 1e3                 | costattr.queue.size   | a whole number, 0 or more",
        "queue.size: 9223372036854775808 | costattr.queue.size   | a whole number, 0 or more",
        "queue.size: [1]                 | costattr.queue.size   | no list",
        "prices.file: [a, b]             | costattr.prices.file  | no list",
        "enabled: yes                    | costattr.enabled      | true or false",
        "estimate: 0                     | costattr.estimate     | true or false",
        "log: trace                      | costattr.log          | off, warn, info or debug",
        "dispatcher: elsewhere           | costattr.dispatcher   | auto or append",
        "prices: x.csv                   | costattr.prices       | unknown key",
        "providers: vllm                 | costattr.providers    | unknown key",
        "events: {fiel: x}               | costattr.events.fiel  | unknown key",
        "enabled: {at: all}              | costattr.enabled.at   | unknown key",
        "7: x                            | costattr.7            | unknown key"
      })
  void aFaultIsNamedWithItsFileAndKeyInOneLineAndTheRestHolds(
      String fault, String key, String reason) throws IOException {
    Config config = read("service: shop\n" + fault + "\ndefaults.team: core\n");

    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0))
        .startsWith("[costattr] ")
        .contains(key, reason, directory.resolve("c.yaml").toString());
    assertThat(config.text(Key.SERVICE)).isEqualTo("shop");
    assertThat(config.text(Key.DEFAULTS_TEAM)).isEqualTo("core");
    assertThat(config.number(Key.QUEUE_SIZE)).isEqualTo(65536);
    assertThat(config.flag(Key.ENABLED)).isTrue();
    assertThat(config.flag(Key.ESTIMATE)).isTrue();
    assertThat(config.logLevel()).isEqualTo(Log.Level.WARN);
    assertThat(config.text(Key.DISPATCHER)).isEqualTo("auto");
    assertThat(config.text(Key.PRICES_FILE)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service: shop\nservice: other\n",
        "service: shop\n\tdefaults.team: core\n",
        "service: shop\n  defaults.team: core\n",
        "service: 'shop\n",
        "service: shop\nqueue: {size: 1\n",
        "service: shop\nunit: *nowhere\n",
        "service: shop\n@at: x\n",
        "service: shop\nunit: !mine x\n",
        "service: shop\n---\nservice: other\n"
      })
  void aFileThatCannotBeReadIsIgnoredAndItsLineIsNamed(String text) throws IOException {
    Config config = read(text);

    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0))
        .contains(directory.resolve("c.yaml").toString(), "line ", "the file is ignored");
    assertThat(config.text(Key.SERVICE)).isNull();
  }

  @Test
  void aFileThatIsNoTextIsIgnored() throws IOException {
    Path file = Files.write(directory.resolve("c.yaml"), new byte[] {'a', ':', ' ', (byte) 0xC3});

    Config config = ConfigReader.read("config=" + file, new Properties(), Map.of());

    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0)).contains(file.toString(), "the file is ignored");
    assertThat(config.flag(Key.ENABLED)).isTrue();
  }

  @Test
  void aDirectoryIsNoFile() {
    ConfigReader.read("config=" + directory, new Properties(), Map.of());

    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0)).contains(directory.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service: shop\ndefaults: &d\n  team: core\n  again: *d\n",
        "&all {service: shop, defaults: {team: core}, costattr: *all}"
      })
  void whatContainsItselfIsReadOnce(String text) throws IOException {
    Config config = read(text);

    assertThat(config.text(Key.SERVICE)).isEqualTo("shop");
    assertThat(config.text(Key.DEFAULTS_TEAM)).isEqualTo("core");
    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0)).contains("contains itself");
  }

  @Test
  void whatIsNestedBeyondReasonIsIgnored() throws IOException {
    Config config = read("service: shop\nx: " + "[".repeat(50_000) + "]".repeat(50_000));

    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0)).contains("the file is ignored");
    assertThat(config.flag(Key.ENABLED)).isTrue();
  }

  private Config read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("c.yaml"), text);
    return ConfigReader.read("config=" + file, new Properties(), Map.of());
  }

  private List<String> lines() {
    return said.toString(UTF_8).lines().toList();
  }
}
