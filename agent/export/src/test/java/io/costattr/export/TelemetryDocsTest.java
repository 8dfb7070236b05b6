package io.costattr.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/telemetry.md} is generated; {@code WRITE_DOCS=true} in the environment writes it
 * anew.
 */
class TelemetryDocsTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("costattr.test.root", "../..")).resolve("docs/telemetry.md");

  @Test
  void theDocumentIsWhatTheRegistrySays() throws IOException {
    String expected = document(Registry.read());
    if ("true".equals(System.getenv("WRITE_DOCS"))) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("docs/telemetry.md is generated; run this test with WRITE_DOCS=true in the environment")
        .isEqualTo(expected);
  }

  private static String document(Registry registry) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Telemetry: every name there is

        Generated from `agent/export/src/main/resources/io/costattr/telemetry.yaml`; change that.
        How OpenTelemetry is configured stands in [opentelemetry.md](opentelemetry.md).

        Names under `costattr.` are ours and stable. `development` are OpenTelemetry's GenAI
        conventions as of 2026-10, which may still change; `proposed` are not merged there and off by
        default. Prompts, completions, tool arguments, file contents, keys and `Authorization`
        headers are never recorded.

        ## Log events

        """);
    for (Registry.Entry event : registry.section("events")) {
      page.append("- `").append(event.text("name")).append("`: ").append(event.text("brief"));
      page.append("\n");
    }
    page.append(
        """

        The attributes of `costattr.llm.call` are those of the span, and its trace context is the
        span's.

        The span is called `{gen_ai.operation.name} {gen_ai.request.model}`, has the kind CLIENT and
        the application's current span as its parent.

        ## Attributes

        `convention` in the column *on* means the `gen_ai.client.*` metrics only, `enriched` a span of another
        instrumentation that has an entry; there, all that is on a span and called `costattr.*` is too.

        | name | type | on | stability | |
        |---|---|---|---|---|
        """);
    for (Registry.Entry attribute : registry.section("attributes")) {
      String name = attribute.text("name");
      row(
          page,
          "`" + (name.endsWith(".") ? name + "<name>" : name) + "`",
          withUnit(attribute),
          String.join(", ", attribute.list("on")),
          attribute.text("stability"),
          attribute.text("brief"));
    }
    page.append(
        """

        ## Metrics

        The scope is `costattr`. Histograms of Prometheus end in `_bucket`, `_sum` and `_count`.

        | name | kind, unit | Prometheus | stability | |
        |---|---|---|---|---|
        """);
    for (Registry.Entry metric : registry.section("metrics")) {
      row(
          page,
          "`" + metric.text("name") + "`",
          metric.text("kind") + ", `" + metric.text("unit") + "`",
          "`" + metric.text("prometheus") + "`",
          metric.text("stability"),
          metric.text("brief"));
    }
    page.append(
        """

        ## Event as JSON

        One object on one line for every attempt, in the file that `costattr.events.file` names.
        Every line has every field, in this order; what is not known is null.

        | field | type | |
        |---|---|---|
        """);
    for (Registry.Entry field : registry.section("fields")) {
      row(page, "`" + field.text("name") + "`", withUnit(field), field.text("brief"));
    }
    page.append(
        """

        Beside the line of a call whose prompt has more tokens than `costattr.prompt.size.warning`
        stands a notice:

        | field | type | |
        |---|---|---|
        """);
    for (Registry.Entry field : registry.section("notice_fields")) {
      row(page, "`" + field.text("name") + "`", withUnit(field), field.text("brief"));
    }
    page.append(
        """

        Once in the fleet for each window and threshold, a budget that has passed one is told of by
        a notice of its own:

        | field | type | |
        |---|---|---|
        """);
    for (Registry.Entry field : registry.section("budget_notice_fields")) {
      row(page, "`" + field.text("name") + "`", withUnit(field), field.text("brief"));
    }
    return page.toString();
  }

  private static String withUnit(Registry.Entry entry) {
    String unit = entry.text("unit");
    return unit == null ? entry.text("type") : entry.text("type") + ", `" + unit + "`";
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
