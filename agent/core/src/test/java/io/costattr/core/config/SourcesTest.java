package io.costattr.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values come from, and which of several holds. */
class SourcesTest {
  @TempDir Path directory;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Properties properties = new Properties();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> yaml = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();

  /** The sources, the lowest first. */
  enum Source {
    YAML {
      @Override
      void set(SourcesTest test, String id, String value) {
        test.yaml.add("\"" + id + "\": \"" + value + "\"");
      }
    },
    ENVIRONMENT {
      @Override
      void set(SourcesTest test, String id, String value) {
        String name = "COSTATTR_" + id.replace('.', '_').toUpperCase(Locale.ROOT);
        test.environment.put(name, value);
      }
    },
    SYSTEM_PROPERTY {
      @Override
      void set(SourcesTest test, String id, String value) {
        test.properties.setProperty("costattr." + id, value);
      }
    },
    ARGUMENT {
      @Override
      void set(SourcesTest test, String id, String value) {
        test.arguments.add(id + "=" + value);
      }
    };

    abstract void set(SourcesTest test, String id, String value);
  }

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void leave() {
    System.setErr(standardError);
  }

  @ParameterizedTest
  @EnumSource(value = Key.class, names = "CONFIG", mode = EnumSource.Mode.EXCLUDE)
  void everyKeyIsTakenFromEverySourceAndTheNearestWins(Key key) throws IOException {
    String id = key.isFamily() ? key.id() + "mine" : key.id();
    for (Source source : Source.values()) {
      String value = value(key, source.ordinal());
      source.set(this, id, value);

      Config config = read();

      assertThat(key.isFamily() ? config.family(key).get("mine") : config.text(key))
          .as("%s from %s", id, source)
          .isEqualTo(value);
    }
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  private static String value(Key key, int number) {
    return switch (key.kind()) {
      case TEXT, PREFIX, SPOOL -> "/some/text" + number;
      case NUMBER -> Integer.toString(number);
      case FLAG -> number % 2 == 0 ? "false" : "true";
      case LEVEL -> List.of("off", "info", "debug", "warn").get(number);
      case DISPATCHER -> number % 2 == 0 ? "append" : "auto";
      case STREAM_USAGE -> number % 2 == 0 ? "request" : "estimate";
      case TRUST -> number % 2 == 0 ? "signed" : "peers";
      case SECRET -> "0123456789abcdef0123456789abcdef" + number;
      case SPANS -> List.of("own", "enrich", "off", "auto").get(number);
      case SWITCH -> number % 2 == 0 ? "on" : "off";
      case UNPRICED -> number % 2 == 0 ? "family" : "none";
      case NAME -> "name" + number;
      case BUDGET_LOAD -> number % 2 == 0 ? "none" : "events";
      case RUNAWAY -> number % 2 == 0 ? "block" : "observe";
      case USD -> "$" + (number + 1);
      case BUDGET_STORE -> number % 2 == 0 ? "memory" : "file";
      case DIMENSIONS -> number % 2 == 0 ? "team+route" : "customer.id";
      case ACTION -> number % 2 == 0 ? "reject" : "ignore";
      case POLICY -> number % 2 == 0 ? "reject team+route" : "ignore";
      case LINE_FIELD -> "metadata.key" + number;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t"})
  void anEmptyValueLeavesTheOneBelowInForce(String empty) throws IOException {
    Source.YAML.set(this, "prices.file", "p.csv");
    Source.YAML.set(this, "queue.size", "7");
    Source.ENVIRONMENT.set(this, "prices.file", empty);
    Source.SYSTEM_PROPERTY.set(this, "queue.size", empty);
    Source.ARGUMENT.set(this, "estimate", empty);

    Config config = read();

    assertThat(config.file(Key.PRICES_FILE)).isEqualTo(Path.of("p.csv"));
    assertThat(config.number(Key.QUEUE_SIZE)).isEqualTo(7);
    assertThat(config.flag(Key.ESTIMATE)).isTrue();
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @Test
  void aBadValueTakesTheDefaultAndNotTheOneBelow() throws IOException {
    Source.YAML.set(this, "queue.size", "7");
    Source.ENVIRONMENT.set(this, "queue.size", "lots");

    assertThat(read().number(Key.QUEUE_SIZE)).isEqualTo(65536);
    assertThat(said.toString(UTF_8).lines()).hasSize(1);
    assertThat(said.toString(UTF_8))
        .contains("\"lots\"", "costattr.queue.size", "COSTATTR_QUEUE_SIZE", "65536");
  }

  @Test
  void aBadValueBelowAGoodOneIsSaidAndDoesNoHarm() throws IOException {
    Source.YAML.set(this, "queue.size", "lots");
    Source.ARGUMENT.set(this, "queue.size", "9");

    assertThat(read().number(Key.QUEUE_SIZE)).isEqualTo(9);
    assertThat(said.toString(UTF_8).lines()).hasSize(1);
  }

  @Test
  void valuesAreTrimmedAndFlagsAndLevelsAreKnownInAnyCase() throws IOException {
    Source.ENVIRONMENT.set(this, "estimate", " FALSE ");
    Source.SYSTEM_PROPERTY.set(this, "log", "Debug");
    Source.ARGUMENT.set(this, "queue.size", " 12 ");

    Config config = read();

    assertThat(config.flag(Key.ESTIMATE)).isFalse();
    assertThat(config.logLevel()).isEqualTo(Log.Level.DEBUG);
    assertThat(config.number(Key.QUEUE_SIZE)).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({
    "COSTATTR_EVENTS_MAX_BYTES, events.max.bytes",
    "COSTATTR_DEFAULTS_CUSTOMER_ID, defaults.customer.id",
    "COSTATTR_OTEL_SEMCONV_COST, otel.semconv.cost",
    "COSTATTR_METRICS_CUSTOMERS, metrics.customers"
  })
  void anUnderscoreIsADot(String name, String id) throws IOException {
    Key key = Objects.requireNonNull(Key.find(id));
    environment.put(name, key.kind() == Key.Kind.FLAG ? "true" : "17");

    assertThat(read().text(key)).isEqualTo(environment.get(name));
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COSTATTR_",
        "COSTATTR_QUEUESIZE",
        "COSTATTR_DEFAULTS_TAG_",
        "COSTATTR_PROVIDERS",
        "COSTATTR_QUEUE__SIZE"
      })
  void anUnknownVariableIsNamedOnceAndIgnored(String name) throws IOException {
    environment.put(name, "3");

    Config config = read();

    assertThat(said.toString(UTF_8).lines()).hasSize(1);
    assertThat(said.toString(UTF_8)).contains(name, "unknown key");
    assertThat(config.number(Key.QUEUE_SIZE)).isEqualTo(65536);
  }

  @Test
  void whatIsNotOursIsLeftAlone() throws IOException {
    environment.put("COSTATTRIBUTION", "x");
    environment.put("costattr_queue_size", "1");
    properties.setProperty("costattribution", "x");
    properties.setProperty("user.dir", "/");

    assertThat(read().number(Key.QUEUE_SIZE)).isEqualTo(65536);
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Source.class, names = "YAML", mode = EnumSource.Mode.EXCLUDE)
  void theFileIsNamedByAnyOtherSource(Source source) throws IOException {
    Path file = Files.writeString(directory.resolve("named.yaml"), "service: shop");
    for (Source other : Source.values()) {
      if (other != Source.YAML && other != source) {
        other.set(this, "config", " ");
      }
    }
    source.set(this, "config", file.toString());

    Config config = ConfigReader.read(String.join(",", arguments), properties, environment);

    assertThat(config.text(Key.SERVICE)).isEqualTo("shop");
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @Test
  void anArgumentMayHaveAnEqualsSignInItsValueAndTheLastOfTwoHolds() throws IOException {
    arguments.add("defaults.tag.query=a=b");
    arguments.add("service=one");
    arguments.add("costattr.service=two");
    arguments.add(" ");

    Config config = read();

    assertThat(config.family(Key.DEFAULTS_TAG)).containsEntry("query", "a=b");
    assertThat(config.text(Key.SERVICE)).isEqualTo("two");
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  private Config read() throws IOException {
    Path file = Files.write(directory.resolve("c.yaml"), yaml, UTF_8);
    List<String> all = new ArrayList<>(arguments);
    all.add("config=" + file);
    return ConfigReader.read(String.join(",", all), properties, environment);
  }
}
