package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReaderTest {

  @Test
  void readsEveryField() {
    Policy policy =
        Policies.of(
            """
            costattr:
              budgets:
                - name: customers
                  match:
                    environment: [production, staging]
                    model: gpt-5*
                    tag.plan: pro
                  each: customer_id
                  limit: $50
                  overrides:
                    acme: 500 USD
                    "free, tier": $0.000001
                    internal: unlimited
                  window: month
                  zone: Europe/Berlin
                  thresholds: [80, 50%, 100]
                  action: degrade
                  degrade:
                    model: {gpt-5.5: gpt-5.4-mini}
                    max_output_tokens: 500
                    service_tier: flex
                  unpriced: refuse
                  fail: closed
                  at_risk: count
                - name: team
                  match: {team: search}
                  limit: 2M tokens
                  window: rolling 24h
                  action: block
            """);
    Budget customers = policy.budgets().get(0);
    assertThat(customers.id()).isEqualTo("customers/usd/month,Europe/Berlin/customer_id");
    assertThat(customers.limits().of("anybody")).isEqualTo(50_000_000_000_000L);
    assertThat(customers.limits().of("acme")).isEqualTo(500_000_000_000_000L);
    assertThat(customers.limits().of("free, tier")).isEqualTo(1_000_000L);
    assertThat(customers.limits().of("internal")).isEqualTo(Limits.UNLIMITED);
    assertThat(customers.thresholds()).containsExactly(50, 80, 100);
    assertThat(customers.action()).isEqualTo(Action.DEGRADE);
    assertThat(customers.failsClosed()).isTrue();
    assertThat(customers.countsRisk()).isTrue();
    assertThat(customers.unpriced()).isEqualTo(Budget.Unpriced.REFUSE);
    assertThat(customers.conditions()).hasSize(3);
    Budget team = policy.budgets().get(1);
    assertThat(team.id()).isEqualTo("team/tokens/rolling,PT24H");
    assertThat(team.limits().of("")).isEqualTo(2_000_000);
    assertThat(team.thresholds()).containsExactly(50, 80, 95, 100);
    assertThat(team.failsClosed()).isFalse();
  }

  @Test
  void aFileWithoutBudgetsHasNone() {
    assertThat(Policies.of("defaults: {feature: chat}").budgets()).isEmpty();
    assertThat(Policies.of("").budgets()).isEmpty();
    assertThat(Policies.of("budgets:").budgets()).isEmpty();
  }

  @Test
  void namesTheLineOfWhatIsWrongAndWhatIsAllowed() {
    String good = "budgets:\n- name: a\n  limit: $5\n  window: day\n";
    assertFault(
        good.replace("$5", "-5 USD"),
        "costattr.yaml line 3: limit of budget a is \"-5 USD\"; allowed is an amount above zero:"
            + " $50, 50 USD, 2M tokens or 1000 calls");
    assertFault(good.replace("$5", "0"), "line 3: limit of budget a is \"0\"");
    assertFault(good.replace("$5", "$0"), "line 3: limit of budget a is \"$0\"");
    assertFault(good.replace("$5", "50 EUR"), "line 3: limit of budget a is \"50 EUR\"");
    assertFault(good.replace("$5", "99999999 USD"), "line 3: limit of budget a");
    assertFault(good.replace("limit: $5\n  ", ""), "line 2: budget a has no limit");
    assertFault(good.replace("day", "fortnight"), "line 4: window of budget a is \"fortnight\"");
    assertFault(good.replace("day", "rolling 0h"), "line 4: window of budget a is \"rolling 0h\"");
    assertFault(good.replace("day", "rolling 900d"), "line 4: window of budget a");
    assertFault(good.replace("window: day\n", ""), "line 2: budget a has no window");
    assertFault(
        good + "  zone: Europe/Atlantis\n",
        "line 5: zone of budget a is \"Europe/Atlantis\", which does not exist; allowed is a name"
            + " like Europe/Berlin, or UTC");
    assertFault(
        good.replace("day", "rolling 24h") + "  zone: UTC\n",
        "line 5: budget a has a rolling window, which is in no zone");
    assertFault(
        good + "  match: {custmer: acme}\n",
        "line 5: match of budget a names \"custmer\", which is no dimension: customer_id, feature,"
            + " route, team, environment, model, provider, endpoint, key or tag.NAME");
    assertFault(good + "  each: customers\n", "line 5: each of budget a names \"customers\"");
    assertFault(
        good + "  rolling: 24h\n", "line 5: a budget has no field \"rolling\"; allowed are");
    assertFault(good + "  window: week\n", "found duplicate key window");
    assertFault("service: a\nservice: b\n" + good, "found duplicate key service");
    assertFault(good + "costattr:\n  budgets:\n  - name: b\n", "line 7: budgets are there twice");
    assertFault(good + "  action: refuse\n", "line 5: action of budget a is \"refuse\"");
    assertFault(good + "  action: degrade\n", "line 2: budget a does not say how to degrade");
    assertFault(
        good + "  degrade: {max_output_tokens: 5}\n", "line 5: budget a says how to degrade");
    assertFault(good + "  thresholds: [50, 0]\n", "line 5: thresholds of budget a has \"0\"");
    assertFault(good + "  thresholds: [half]\n", "line 5: thresholds of budget a has \"half\"");
    assertFault(good + "  unpriced: free\n", "line 5: unpriced of budget a is \"free\"");
    assertFault(good + "  fail: never\n", "line 5: fail of budget a is \"never\"");
    assertFault(good + "  overrides: {acme: $5}\n", "line 5: overrides of budget a need an each");
    assertFault(
        good + "  each: team\n  overrides: {acme: 5 calls}\n",
        "line 6: override of acme is \"5 calls\"; allowed is an amount above zero in usd, or"
            + " unlimited");
    assertFault(good + "- name: a\n", "line 5: two budgets are called a");
    assertFault(good.replace("name: a", "name: a b"), "line 2: every budget has a name");
    assertFault("budgets: {a: 5}", "line 1: budgets must be a list");
    assertFault("budgets:\n- customers", "line 2: a budget must be keys with values");
    assertFault("budgets: [", "costattr.yaml");
    assertFault("budgets:\n- name: [a]\n", "line 2: name must be one value");
  }

  private static void assertFault(String yaml, String message) {
    PolicyFault fault = catchThrowableOfType(PolicyFault.class, () -> Policies.read(yaml));
    assertThat(fault).as(yaml).isNotNull();
    assertThat(fault).hasMessageContaining(message);
  }

  @Test
  void readsExceptionsFromAFileBesideTheConfiguration(@TempDir Path directory) throws Exception {
    Path yaml = directory.resolve("costattr.yaml");
    Files.writeString(
        yaml,
        """
        budgets:
        - name: customers
          each: customer_id
          limit: $50
          overrides_file: plans.csv
          overrides: {acme: $7}
          window: month
        """);
    Path plans = directory.resolve("plans.csv");
    Files.writeString(plans, "acme,$500\n\"Smith, \"\"Sons\"\" & Co\",12.5 USD\nbig,unlimited\n");
    Limits limits = read(yaml).budgets().get(0).limits();
    assertThat(limits.of("acme")).isEqualTo(7_000_000_000_000L);
    assertThat(limits.of("Smith, \"Sons\" & Co")).isEqualTo(12_500_000_000_000L);
    assertThat(limits.of("big")).isEqualTo(Limits.UNLIMITED);
    assertThat(limits.of("other")).isEqualTo(50_000_000_000_000L);

    Files.writeString(plans, "acme,$500\nbeta,free\n");
    PolicyFault fault = catchThrowableOfType(PolicyFault.class, () -> read(yaml));
    assertThat(fault).hasMessageContaining("plans.csv line 2: not a value, a comma and its limit");
    Files.delete(plans);
    fault = catchThrowableOfType(PolicyFault.class, () -> read(yaml));
    assertThat(fault).hasMessageContaining("costattr.yaml line 5: overrides_file");
  }

  private static Policy read(Path yaml) throws Exception {
    YamlTree tree = YamlTree.read(yaml);
    return PolicyReader.read(tree, tree.at("budgets"), new ArrayList<>());
  }

  @Test
  void readsAmountsAsPeopleWriteThem() {
    assertThat(Amount.of("$0.25")).isEqualTo(new Amount(Unit.USD, 250_000_000_000L));
    assertThat(Amount.of("1_000 USD")).isEqualTo(new Amount(Unit.USD, 1_000_000_000_000_000L));
    assertThat(Amount.of("2M tokens")).isEqualTo(new Amount(Unit.TOKENS, 2_000_000));
    assertThat(Amount.of("2 m Tokens")).isEqualTo(new Amount(Unit.TOKENS, 2_000_000));
    assertThat(Amount.of("5k calls")).isEqualTo(new Amount(Unit.CALLS, 5_000));
    assertThat(Amount.of("1 call")).isEqualTo(new Amount(Unit.CALLS, 1));
    for (String bad :
        new String[] {"", "50", "$", "$1e3", "$0.0000000000001", "1.5 calls", "$-1"}) {
      assertThat(Amount.of(bad)).as(bad).isNull();
    }
    assertThat(Amount.text(Unit.USD, 49_870_000_000_000L)).isEqualTo("$49.87");
    assertThat(Amount.text(Unit.USD, 20_000L)).isEqualTo("$0.00000002");
    assertThat(Amount.text(Unit.CALLS, 3)).isEqualTo("3 calls");
  }
}
