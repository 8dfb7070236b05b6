package io.costattr.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/configuration.md} against the keys there are. Run with {@code WRITE_DOCS=true}
 * to write it anew.
 */
class ConfigurationReferenceTest {
  private static final Path DOCUMENT = Path.of("../../docs/configuration.md");

  @Test
  void theReferenceNamesEveryKey() throws IOException {
    String reference = reference();
    if ("true".equals(System.getenv("WRITE_DOCS"))) {
      Files.writeString(DOCUMENT, reference);
    }
    assertThat(Files.readString(DOCUMENT))
        .as(
            "docs/configuration.md is generated; run this test with WRITE_DOCS=true in the environment")
        .isEqualTo(reference);
  }

  private static String reference() {
    StringBuilder text =
        new StringBuilder(
            """
            # Configuration

            *Generated from `io.costattr.core.config.Key`; a test holds the two together.*

            A value is taken from the first of these that has it:

            1. the agent's argument: `-javaagent:costattr.jar=events.file=/var/log/ai.jsonl,log=info`
               (keys with or without `costattr.`, separated by commas; a value with a comma in it needs another source)
            2. a system property: `-Dcostattr.events.file=/var/log/ai.jsonl`
            3. the environment: `COSTATTR_EVENTS_FILE=/var/log/ai.jsonl`
            4. `costattr.yaml` in the working directory, or the file named by `costattr.config`:
               `events: {file: /var/log/ai.jsonl}`
            5. the default

            Rules (`rules:`) are a list, and in the file only: see [rules.md](rules.md).

            An unknown key or a bad value is named in one line on standard error, with its source and what is
            allowed; the default is used and the application starts. An empty value is no value.

            | key | default | allowed | what it does |
            |---|---|---|---|
            """);
    for (Key key : Key.values()) {
      boolean family = key.isFamily();
      text.append("| `costattr.").append(key.id()).append(family ? "*` | " : "` | ");
      text.append(key.defaultValue() == null ? "" : "`" + key.defaultValue() + "`");
      text.append(" | ").append(key.kind().allowed()).append(" | ");
      text.append(key.meaning().replace("|", "\\|")).append(" |\n");
    }
    return text.append(
            """

            `OTEL_*` variables and `otel.*` properties are honoured as the OpenTelemetry specification says, see
            [opentelemetry.md](opentelemetry.md). `COSTATTR_OTEL_*` and `costattr.otel.*` win over them, for applications whose own
            telemetry goes elsewhere: `COSTATTR_OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318`.
            """)
        .toString();
  }
}
