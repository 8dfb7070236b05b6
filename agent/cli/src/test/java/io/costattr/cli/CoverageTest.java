package io.costattr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
  @TempDir Path folder;

  @Test
  void namesEveryCallSiteThatLacksADimensionTheDearestFirst() throws IOException {
    Run run = Run.of("coverage", events().toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "4 of 5 calls lack a dimension, for $3.0005, 1 without a price",
            "",
            "call site            calls     USD  without a price  without",
            "shop.Search.embed:7      2       3                1  customer_id, team",
            "shop.Chat.answer:41      1  0.0005                   customer_id",
            "(unknown)                1       0                   team");
  }

  @Test
  void looksAtWhatIsRequiredOnly() throws IOException {
    Run run = Run.of("coverage", events().toString(), "--required", "customer.id");

    assertThat(run.out()).startsWith("3 of 5 calls").doesNotContain("team");
    assertThat(Run.of("coverage", events().toString(), "--required", "environment").out())
        .isEqualToIgnoringNewLines("every one of 5 calls says who pays");
  }

  @Test
  void whatIsNoDimensionOrNoFileIsNamed() throws IOException {
    Run dimension = Run.of("coverage", events().toString(), "--required", "costumer");
    Run file = Run.of("coverage", folder.resolve("none").toString());

    assertThat(dimension.code()).isEqualTo(1);
    assertThat(dimension.err()).contains("no dimension \"costumer\"").contains("customer_id");
    assertThat(file.code()).isEqualTo(1);
    assertThat(Run.of("coverage").code()).isEqualTo(2);
  }

  private Path events() throws IOException {
    String twice = event("2", "(unattributed)", "(unattributed)", "shop.Search.embed:7", "3");
    return Files.write(
        folder.resolve("events.jsonl"),
        List.of(
            event("1", "(unattributed)", "core", "shop.Chat.answer:41", "0.0005"),
            twice,
            twice,
            event("3", "(unattributed)", "(unattributed)", "shop.Search.embed:7", "null"),
            event("4", "c1", "(unattributed)", null, "0"),
            event("5", "c1", "core", null, "0.4"),
            "no event",
            "{\"event\":\"openai.prompt_size_warning\",\"event_id\":\"6\",\"team\":"
                + "\"(unattributed)\"}"));
  }

  private static String event(String id, String customer, String team, String site, String usd) {
    return "{\"event\":\"openai.request\",\"event_id\":\""
        + id
        + "\",\"feature\":\"f\",\"route\":\"/r\",\"environment\":\"e\",\"customer_id\":\""
        + customer
        + "\",\"team\":\""
        + team
        + "\",\"call_site\":"
        + (site == null ? "null" : '"' + site + '"')
        + ",\"cost_usd\":"
        + usd
        + "}";
  }
}
