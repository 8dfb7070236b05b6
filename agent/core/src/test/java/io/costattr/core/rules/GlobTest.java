package io.costattr.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "cust_1,           cust_1,               true",
    "cust_1,           cust_10,              false",
    "cust_1,           xcust_1,              false",
    "'',               '',                   true",
    "*,                '',                   true",
    "*,                anything at all,      true",
    "ent*,             enterprise,           true",
    "ent*,             ent,                  true",
    "*prise,           enterprise,           true",
    "e*r*e,            enterprise,           true",
    "e*x*e,            enterprise,           false",
    "a*a,              a,                    false",
    "/hooks/*,         /hooks/crm,           true",
    "/hooks/*,         /hooks/crm/1,         false",
    "/hooks/*,         /hooks/,              true",
    "/hooks/**,        /hooks/crm/1,         true",
    "/hooks/**,        /hooks,               false",
    "/*/crm/**,        /v1/crm/a/b,          true",
    "/*/crm/**,        /v1/x/crm/a,          false",
    "**/crm/*,         /v1/x/crm/a,          true",
    "**/crm/*,         /v1/x/crm/a/b,        false",
    "**/*/end,         /a/b/c/end,           true",
    "a.c,              abc,                  false",
    "[a-z]+,           abc,                  false",
    "***,              a/b,                  true",
  })
  void aStarIsAnythingWithinAPartOfAPathAndTwoAreAnything(
      String pattern, String text, boolean matches) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme,              com.acme.search.Embed.run,   true",
    "com.acme.,             com.acme.search.Embed.run,   true",
    "com.acme.search.Embed, com.acme.search.Embed.run,   true",
    "com.acme.search.Embed, com.acme.search.Embed$1.run, true",
    "com.acme.search.Em,    com.acme.search.Embed.run,   false",
    "com.ac,                com.acme.search.Embed.run,   false",
    "com.acme.search.Embed.run, com.acme.search.Embed.run, true",
    "com.acme.*.Embed.*,    com.acme.search.Embed.run,   true",
    "*.Embed.run,           com.acme.search.Embed.run,   true",
    "com.other,             com.acme.search.Embed.run,   false",
  })
  void aNameOfCodeHoldsWhatIsWithinIt(String pattern, String name, boolean holds) {
    assertThat(new Glob(pattern).matchesOrHolds(name)).isEqualTo(holds);
  }

  /** With backtracking this would take longer than anybody waits. */
  @Test
  void noPatternTakesLong() {
    Glob glob = new Glob("*a".repeat(100) + "**b" + "*a".repeat(20));

    assertThat(glob.matches("a".repeat(5_000))).isFalse();
  }
}
