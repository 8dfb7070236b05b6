package io.costattr.core.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSetTest {
  @TempDir Path directory;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final MadeUp here = new MadeUp();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void leave() {
    System.setErr(standardError);
  }

  @Test
  void aValueIsTakenFromAHeaderAClaimTheLoggingContextThePrincipalAndTheCaller() throws Exception {
    here.header("X-Customer-Id", " cust_1 ").claim("plan", "ent");
    here.mdc.put("team", "core");
    here.principal = "alice";
    here.caller = "com.acme.search.Embed.run";

    Attribution ruled =
        say(
            """
            - customer_id: {header: X-Customer-Id}
            - tag.plan: {claim: plan}
              team: {mdc: team}
              tag.user: {principal: name}
            - tag.package: {caller: package}
              tag.class: {caller: class}
              tag.method: {caller: method}
            """);

    assertThat(ruled.customerId()).isEqualTo("cust_1");
    assertThat(ruled.team()).isEqualTo("core");
    assertThat(ruled.tags())
        .isEqualTo(
            Map.of(
                "plan", "ent",
                "user", "alice",
                "package", "com.acme.search",
                "class", "com.acme.search.Embed",
                "method", "com.acme.search.Embed.run"));
    assertThat(ruled.sources().of(Dimension.CUSTOMER_ID)).isEqualTo(Source.RULE);
    assertThat(ruled.sources().of(Dimension.FEATURE)).isEqualTo(Source.NONE);
  }

  @Test
  void aValueIsStrippedMatchedAndMapped() throws Exception {
    String rules =
        """
        - customer_id: {header: A, match: "cust-*", strip_prefix: cust-, strip_suffix: "@acme"}
          team: {header: B, map: {"eng*": engineering, fin: finance}, otherwise: other}
          feature: {header: B, map: {fin: reports}}
        """;
    here.header("A", "cust-7@acme").header("B", "engine");
    assertThat(say(rules).customerId()).isEqualTo("7");
    assertThat(say(rules).team()).isEqualTo("engineering");
    assertThat(say(rules).feature()).isNull();

    here.header("A", "7@acme").header("B", "law");
    assertThat(say(rules).customerId()).isNull();
    assertThat(say(rules).team()).isEqualTo("other");

    here.header("B");
    assertThat(rules(rules).say(Attribution.NONE, Attribution.NONE, here)).isNull();
  }

  @Test
  void theFirstRuleThatGivesAValueCountsForEachDimensionByItself() throws Exception {
    here.header("B", "second").claim("c", 3);

    Attribution ruled =
        say(
            """
            - customer_id: {header: A}
              team: {header: B}
            - customer_id: {claim: c}
              team: {claim: c}
            - customer_id: last
              feature: last
            """);

    assertThat(ruled.customerId()).isEqualTo("3");
    assertThat(ruled.team()).isEqualTo("second");
    assertThat(ruled.feature()).isEqualTo("last");
  }

  @Test
  void whatAStrongerSourceHasSaidIsNotAskedFor() throws Exception {
    RuleSet rules =
        rules("- customer_id: {header: A}\n- team: x\n  when: {header: {A: x}}\n- feature: f\n");
    here.header("A", "x");
    Attribution api = new Attribution(null, null, "said", "said", null, null, Map.of("t", "said"));

    Attribution ruled = rules.say(api, Attribution.NONE, here);

    assertThat(here.asked).isZero();
    assertThat(ruled).isNotNull();
    assertThat(ruled.customerId()).isNull();
    assertThat(ruled.team()).isNull();
    assertThat(ruled.feature()).isEqualTo("f");
  }

  @Test
  void allConditionsMustHoldAndOfSeveralPatternsOne() throws Exception {
    String rules =
        """
        - team: hooks
          when: {path: /hooks/**, method: [POST, PUT], header: {X-Kind: "crm*"}}
        """;
    here.path = "/hooks/crm/1";
    here.method = "PUT";
    here.header("X-Kind", "crm-2");
    assertThat(say(rules).team()).isEqualTo("hooks");

    here.method = "GET";
    assertThat(rules(rules).say(Attribution.NONE, Attribution.NONE, here)).isNull();
    here.method = "POST";
    here.header("X-Kind");
    assertThat(rules(rules).say(Attribution.NONE, Attribution.NONE, here)).isNull();
  }

  @Test
  void conditionsSeeStrongerSourcesEarlierRulesTheRouteAndDefaults() throws Exception {
    String rules =
        """
        - team: growth
          when: {feature: chat}
        - tag.unit: sales
          when: {team: growth}
        - route: webhook:crm-sync
          when: {route: "/hooks/{name}"}
        - tag.hook: "yes"
          when: {route: "webhook:*"}
        - tag.prod: "yes"
          when: {environment: production}
        - tag.not: "yes"
          when: {customer_id: "**"}
        """;
    Attribution api = new Attribution("chat", null, null, null, null, null, Map.of());
    Attribution weaker =
        new Attribution(null, "/hooks/{name}", null, null, "production", null, Map.of());

    Attribution ruled = rules(rules).say(api, weaker, here);

    assertThat(ruled).isNotNull();
    assertThat(ruled.team()).isEqualTo("growth");
    assertThat(ruled.route()).isEqualTo("webhook:crm-sync");
    assertThat(ruled.tags()).isEqualTo(Map.of("unit", "sales", "hook", "yes", "prod", "yes"));
  }

  @Test
  void callersAndJobsAreFoundByPackageClassAndMethod() throws Exception {
    String rules =
        """
        - team: search
          when: {caller: com.acme.search}
        - team: {caller: method, map: {com.acme.chat: chat, com.acme: core}}
        - route: cron:nightly
          when: {job: [com.acme.jobs.Nightly, com.acme.jobs.Weekly.run]}
        """;
    here.caller = "com.acme.search.Embed.run";
    assertThat(say(rules).team()).isEqualTo("search");
    here.caller = "com.acme.chat.Answer.answer";
    assertThat(say(rules).team()).isEqualTo("chat");
    here.caller = "com.acme.searching.Other.run";
    here.job = "com.acme.jobs.Nightly.run";
    assertThat(say(rules).team()).isEqualTo("core");
    assertThat(say(rules).route()).isEqualTo("cron:nightly");
    here.job = "com.acme.jobs.Weekly.other";
    assertThat(say(rules).route()).isNull();
  }

  @Test
  void aHeaderThatCameTwiceWithDifferentValuesIsNobodys() throws Exception {
    here.header("A", "mine", "spoofed").header("B", "same", "same");

    Attribution ruled = say("- customer_id: {header: A}\n- team: {header: B}\n");

    assertThat(ruled.customerId()).isNull();
    assertThat(ruled.team()).isEqualTo("same");
  }

  @Test
  void aClaimIsATextANumberABooleanOrAListOfOne() throws Exception {
    String rules = "- customer_id: {claim: c}\n- feature: f\n";
    here.claim("c", List.of("only"));
    assertThat(say(rules).customerId()).isEqualTo("only");
    here.claim("c", List.of("one", "two"));
    assertThat(say(rules).customerId()).isNull();
    here.claim("c", Map.of("a", "b"));
    assertThat(say(rules).customerId()).isNull();
    here.claim("c", true);
    assertThat(say(rules).customerId()).isEqualTo("true");
  }

  @Test
  void aRuleThatThrowsGivesNothingIsSaidOnceAndDoesNotHarmTheOthers() throws Exception {
    String name = "X-" + UUID.randomUUID();
    MadeUp broken =
        new MadeUp() {
          @Override
          public List<String> headers(String header) {
            throw new IllegalStateException("secret " + name);
          }
        };
    RuleSet rules = rules("- customer_id: {header: A}\n- team: core\n");

    for (int i = 0; i < 3; i++) {
      Attribution ruled = rules.say(Attribution.NONE, Attribution.NONE, broken);
      assertThat(ruled).isNotNull();
      assertThat(ruled.team()).isEqualTo("core");
      assertThat(ruled.customerId()).isNull();
    }
    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0))
        .contains("c.yaml, line 2: rule 1", "IllegalStateException")
        .doesNotContain("secret");
  }

  @Test
  void aValueThatDoesNotFitDoesNotCountAndIsSaidOnce() throws Exception {
    here.header("A", "x".repeat(257)).header("B", "a\u0007b");
    RuleSet rules = rules("- {customer_id: {header: A}}\n- {team: {header: B}, feature: f}\n");

    for (int i = 0; i < 3; i++) {
      Attribution ruled = rules.say(Attribution.NONE, Attribution.NONE, here);
      assertThat(ruled).isNotNull();
      assertThat(ruled.customerId()).isNull();
      assertThat(ruled.team()).isNull();
    }
    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("256 characters"));
  }

  @Test
  void aPreviewSaysOfEverySettingWhatCameOfIt() throws Exception {
    here.header("A", "cust_1");
    RuleSet rules =
        rules(
            """
            - customer_id: {header: A}
            - customer_id: {claim: c}
              team: {claim: c}
            - feature: f
              when: {route: /x}
            - environment: prod
            """);
    Attribution api = new Attribution(null, null, null, null, "test", null, Map.of());

    assertThat(rules.preview(api, Attribution.NONE, here))
        .containsExactly(
            new Outcome(1, 2, "customer_id", "cust_1", "header A"),
            new Outcome(2, 3, "customer_id", null, "given by a rule before it"),
            new Outcome(2, 3, "team", null, "nothing from claim c"),
            new Outcome(3, 5, "feature", null, "route is not /x: it is not known"),
            new Outcome(4, 7, "environment", null, "said by a stronger source"));
  }

  @Test
  void onlyRulesThatAskRequestsNeedThem() throws Exception {
    assertThat(rules("- team: x\n").asksRequests()).isFalse();
    assertThat(rules("- team: {mdc: x}\n  when: {job: a, caller: b}\n").asksRequests()).isFalse();
    assertThat(rules("- team: {header: x}\n").asksRequests()).isTrue();
    assertThat(rules("- team: x\n  when: {path: /a}\n").asksRequests()).isTrue();
    assertThat(rules("- team: x\n  when: {claim: {a: b}}\n").asksRequests()).isTrue();
  }

  private Attribution say(String rules) throws IOException {
    Attribution ruled = rules(rules).say(Attribution.NONE, Attribution.NONE, here);
    return ruled == null ? Attribution.NONE : ruled;
  }

  private RuleSet rules(String rules) throws IOException {
    Path file = Files.writeString(directory.resolve("c.yaml"), "rules:\n" + rules);
    RuleReader reader = RuleReader.read(file);
    assertThat(reader.faults()).isEmpty();
    return reader.rules();
  }

  private List<String> lines() {
    return said.toString(UTF_8).lines().toList();
  }
}
