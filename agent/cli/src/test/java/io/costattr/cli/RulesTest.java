package io.costattr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
  @TempDir Path folder;

  @Test
  void saysWhatEachRuleGivesForASampleAndWhoWouldPay() throws IOException {
    Path rules =
        write(
            "rules:\n"
                + "- customer_id: {header: x-customer-id}\n"
                + "- team: {claim: org.team, map: {s: search}}\n"
                + "  tag.kind: {mdc: kind}\n"
                + "- feature: batch\n"
                + "  when: {job: com.acme.Nightly}\n"
                + "- environment: prod\n");

    Run run =
        Run.of(
            "rules",
            "check",
            rules.toString(),
            "--sample",
            "{\"headers\": {\"X-Customer-Id\": \"cust_1\"}, \"claims\": {\"org\": {\"team\":"
                + " \"s\"}}, \"mdc\": {\"kind\": \"k\"}, \"route\": \"/r\", \"environment\":"
                + " \"test\", \"tags\": {\"a\": \"b\"}}");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().replace(rules.toString(), "FILE").lines())
        .containsExactly(
            "FILE: 4 rules are good",
            "",
            "rule  line  sets         gives   because",
            "   1     2  customer_id  cust_1  header x-customer-id",
            "   2     3  team         search  claim org.team",
            "   2     3  tag.kind     k       mdc kind",
            "   3     5  feature              job is not com.acme.Nightly: it is not known",
            "   4     7  environment  prod    \"prod\"",
            "",
            "             value           said by",
            "feature      (unattributed)  none",
            "route        /r              route",
            "customer_id  cust_1          rule",
            "team         search          rule",
            "environment  prod            rule",
            "tag.a        b",
            "tag.kind     k");
  }

  @Test
  void ofAnEventRulesMaySayAgainWhatTheyHaveSaid() throws IOException {
    Path rules =
        write(
            "rules:\n"
                + "- team: {caller: class, map: {com.acme.search: search}}\n"
                + "- customer_id: other\n"
                + "- tag.plan: new\n");
    String event =
        "{\"event\":\"openai.request\",\"event_id\":\"1\",\"feature\":\"(unattributed)\","
            + "\"team\":\"old\",\"customer_id\":\"cust_1\",\"route\":\"/r\",\"tags\":{\"plan\":"
            + "\"old\"},\"call_site\":\"com.acme.search.Embed.run:7\",\"latency_ms\":1,"
            + "\"attribution_source\":{\"team\":\"rule\",\"customer_id\":\"api\"}}";
    Path events = Files.writeString(folder.resolve("events.jsonl"), event + "\n" + event + "\n");

    for (String sample : new String[] {event, events.toString()}) {
      Run run = Run.of("rules", "check", rules.toString(), "--sample", sample);

      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("   1     2  team         search  caller class")
          .contains("   2     3  customer_id          said by a stronger source")
          .contains("team         search          rule")
          .contains("customer_id  cust_1          api")
          .contains("tag.plan     new");
    }
  }

  @Test
  void everyFaultIsSaidAndTheOthersAreTried() throws IOException {
    Path rules = write("rules:\n- {team: x, when: {hedaer: y}}\n- {feature: f}\n- {tem: x}\n");

    Run run = Run.of("rules", "check", rules.toString(), "--sample", "{}");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            rules + ", line 2: rules[1].when.hedaer: it is not known; allowed are feature,",
            rules + ", line 4: rules[3].tem: it is not known",
            "1 rule is good, the agent would ignore 2",
            "   2     3  feature  f      \"f\"");
  }

  @Test
  void whatCannotBeReadIsRefused() throws IOException {
    Path good = write("rules:\n- team: x\n");
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "rules: [");

    refused("no JSON object", good, "{");
    refused("cannot read the sample", good, "nowhere.json");
    refused(
        "the sample has \"header\"; known are attribution_source, call_site",
        good,
        "{\"header\":{}}");
    refused("cannot read " + bad, bad, "{}");
    refused("cannot read " + folder, folder.resolve("none.yaml"), "{}");
    assertThat(Run.of("rules").code()).isEqualTo(2);
    assertThat(Run.of("rules", "check").code()).isEqualTo(2);
    assertThat(Run.of("rules", "check", "--help").out()).contains("--sample", "Exit codes");
  }

  @Test
  void aFileWithoutRulesHasNone() throws IOException {
    Run run = Run.of("rules", "check", write("service: shop\n").toString());

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("costattr.yaml has no rules");
  }

  private static void refused(String message, Path rules, String sample) {
    Run run = Run.of("rules", "check", rules.toString(), "--sample", sample);
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("costattr.yaml"), text);
  }
}
