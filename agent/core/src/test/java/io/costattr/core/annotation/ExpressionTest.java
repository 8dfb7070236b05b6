package io.costattr.core.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final List<String> NAMES = List.of("customer", "question", "args");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "support-chat       | support-chat",
        "/orders/{order}/*  | /orders/{order}/*",
        "cron:nightly       | cron:nightly",
        "it's               | it's",
        "cost 5 $ a day     | cost 5 $ a day",
        "'cust #1 (old)'    | cust #1 (old)",
        "'#args[0]'         | #args[0]",
        "''quoted''         | 'quoted'",
        "ümlaut 日本          | ümlaut 日本",
      })
  void aTextIsItself(String written, String meant) throws Exception {
    assertThat(parse(written)).isEqualTo(new Expression.Text(meant));
  }

  @Test
  void anArgumentIsFoundByItsNumberAndByItsName() throws Exception {
    assertThat(parse("#args[1]")).isEqualTo(new Expression.Argument(1, List.of()));
    assertThat(parse("#question")).isEqualTo(new Expression.Argument(1, List.of()));
    assertThat(parse("#args")).isEqualTo(new Expression.Argument(2, List.of()));
    assertThat(parse("#customer.account.id"))
        .isEqualTo(new Expression.Argument(0, List.of("account", "id")));
    assertThat(parse("#args[0].id")).isEqualTo(new Expression.Argument(0, List.of("id")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T(java.lang.Runtime).getRuntime().exec('id')",
        "new java.lang.ProcessBuilder('id').start()",
        "#{systemProperties['user.home']}",
        "${OPENAI_API_KEY}",
        "prefix ${OPENAI_API_KEY}",
        "@bean.method()",
        "#args[0].getClass()",
        "#args[0].class",
        "#args[0].class.classLoader",
        "#customer.id()",
        "#customer['id']",
        "#customer?.id",
        "#customer.id + 'x'",
        "#customer .id",
        "#customer..id",
        "#customer.",
        "#",
        "#.id",
        "##",
        "#args[]",
        "#args[-1]",
        "#args[0",
        "#args[0]]",
        "#args[٣]",
        "#args[3]",
        "#args[999999999999]",
        "#nobody.id",
        "#customer.a-b",
        "#root",
        "#this",
        "two\nlines",
        "nul\u0000",
        "bad \uFFFD coding",
        "''",
        "'  '",
      })
  void nothingElseIsAllowed(String written) {
    assertThatThrownBy(() -> parse(written)).isInstanceOf(Expression.Refused.class);
  }

  @Test
  void whatIsLongerThanAValueMayBeIsRefused() throws Exception {
    assertThat(parse("x".repeat(256))).isInstanceOf(Expression.Text.class);
    assertThatThrownBy(() -> parse("x".repeat(257))).isInstanceOf(Expression.Refused.class);
    assertThatThrownBy(() -> parse("#customer" + ".a".repeat(40_000)))
        .isInstanceOf(Expression.Refused.class);
  }

  @Test
  void whereTheClassFileNamesNoParametersThatIsSaid() {
    assertThatThrownBy(() -> Expression.parse("#customer", List.of(), 1))
        .hasMessageContaining("-parameters")
        .hasMessageContaining("#args[N]");
    assertThatThrownBy(() -> Expression.parse("#args[0]", List.of(), 0))
        .hasMessageContaining("no parameters");
  }

  private static Expression parse(String written) throws Expression.Refused {
    return Expression.parse(written, NAMES, NAMES.size());
  }
}
