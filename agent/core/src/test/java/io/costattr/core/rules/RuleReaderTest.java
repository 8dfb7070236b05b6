package io.costattr.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleReaderTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- {custmer_id: x}                        | rules[2].custmer_id | customer_id, team",
        "- {team: x, wehn: {feature: y}}          | rules[2].wehn       | when",
        "- {team: x, when: {hedaer: {A: b}}}      | rules[2].when.hedaer | header, claim, mdc",
        "- {team: x, when: {header: A}}           | rules[2].when.header | {NAME: PATTERN}",
        "- {team: x, when: {}}                    | rules[2].when       | keys and values",
        "- {team: x, when: always}                | rules[2].when       | keys and values",
        "- {team: x, when: {feature: []}}         | rules[2].when.feature | empty",
        "- {team: x, when: {feature: {a: b}}}     | rules[2].when.feature | a text",
        "- {team: x, when: {feature: }}           | rules[2].when.feature | a text",
        "- {when: {feature: x}}                   | rules[2]            | it sets nothing",
        "- team                                   | rules[2]            | keys and values",
        "- []                                     | rules[2]            | keys and values",
        "-                                        | rules[2]            | keys and values",
        "- {team: }                               | rules[2].team       | a text",
        "- {team: [a, b]}                         | rules[2].team       | a text",
        "- {team: {}}                             | rules[2].team       |",
        "- {team: {map: {a: b}}}                  | rules[2].team       | header, claim, mdc",
        "- {team: {cookie: a}}                    | rules[2].team.cookie | header, claim, mdc",
        "- {team: {path: a}}                      | rules[2].team.path  | header, claim, mdc",
        "- {team: {header: a, mdc: b}}            | rules[2].team.mdc   | from one place",
        "- {team: {header: [a]}}                  | rules[2].team.header | a text",
        "- {team: {header: a, regex: b}}          | rules[2].team.regex | strip_prefix",
        "- {team: {header: a, otherwise: b}}      | rules[2].team.otherwise | it goes with map",
        "- {team: {header: a, map: b}}            | rules[2].team.map   | a map is values",
        "- {team: {header: a, map: {b: [c]}}}     | rules[2].team.map.b | a text",
        "- {team: {caller: line}}                 | rules[2].team.caller | class or method or package",
        "- {team: {principal: role}}              | rules[2].team.principal | name",
        "- {tag.: x}                              | rules[2].tag.       | tag.NAME",
        "- {customer.id: x, customer_id: y}       | rules[2].customer_id | twice",
      })
  void aFaultIsNamedWithItsLineAndKeyAndWhatIsAllowedAndTheRestStays(
      String fault, String key, String reason) throws IOException {
    RuleReader reader = read("rules:\n- feature: f\n" + fault + "\n- route: r\n");

    assertThat(reader.faults()).hasSize(1);
    RuleFault found = reader.faults().get(0);
    assertThat(found.line()).isEqualTo(3);
    assertThat(found.key()).isEqualTo(key);
    assertThat(found.reason()).contains(reason == null ? "" : reason, "rule 2 is ignored");
    assertThat(reader.rules().size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rules: yes", "rules: {team: x}", "rules: x"})
  void whatIsNoListIsNamed(String text) throws IOException {
    RuleReader reader = read("service: shop\n" + text + "\n");

    assertThat(reader.rules().size()).isZero();
    assertThat(reader.faults())
        .singleElement()
        .hasToString("line 2: rules: a list is allowed, each rule behind a hyphen; none counts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules:\n- team: x\n",
        "costattr:\n  rules:\n  - team: x\n",
        "costattr.rules:\n- team: x\n",
        "service: shop\nrules: [{team: x}]\n",
      })
  void theSectionIsAtTheTopOrBelowTheProductsName(String text) throws IOException {
    assertThat(read(text).rules().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "service: shop\n", "rules:\n", "rules: []\n", "rules: ~\n", "- x\n"})
  void thereMayBeNone(String text) throws IOException {
    RuleReader reader = read(text);

    assertThat(reader.rules()).isSameAs(RuleSet.NONE);
    assertThat(reader.faults()).isEmpty();
  }

  @Test
  void aRuleThatContainsItselfAndOneTooLongAreNoRules() throws IOException {
    RuleReader reader =
        read("rules:\n- &a {team: *a}\n- {team: " + "x".repeat(257) + "}\n- &b [*b]\n");

    assertThat(reader.rules().size()).isZero();
    assertThat(reader.faults()).hasSize(3);
  }

  @Test
  void ofVeryManyTheRestIsNamedOnce() throws IOException {
    RuleReader reader = read("rules:\n" + "- team: x\n".repeat(1_500));

    assertThat(reader.rules().size()).isEqualTo(1_000);
    assertThat(reader.faults()).singleElement().asString().contains("line 1002", "more than 1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rules: [", "rules:\n- team: x\nrules:\n- team: y\n", "a: !x y"})
  void aFileThatIsNoYamlIsRefusedWithItsLine(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line");
  }

  private RuleReader read(String text) throws IOException {
    return RuleReader.read(Files.writeString(directory.resolve("c.yaml"), text));
  }
}
