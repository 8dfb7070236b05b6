package io.costattr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.Account;
import io.costattr.core.budget.BudgetStore.Batch;
import io.costattr.core.budget.BudgetStore.Line;
import io.costattr.core.budget.file.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetsTest {
  private static final long DOLLAR = 1_000_000_000_000L;
  private static final ZonedDateTime MONTH =
      ZonedDateTime.now(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
  private static final String CUSTOMERS = "customers/usd/month,UTC/customer_id";

  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("costattr.yaml"),
        """
        budget:
          file: FILE
        budgets:
        - name: customers
          match: {environment: prod*}
          each: customer_id
          limit: $50
          overrides: {vip: unlimited}
          window: month
          action: block
        - {name: all, limit: 1000 calls, window: month}
        """
            .replace("FILE", file().toString()));
  }

  private Path file() {
    return folder.resolve("budgets.log");
  }

  private void spend(String budget, String value, long amount) {
    FileStore store = FileStore.at(file(), InstantSource.system());
    long from = MONTH.toInstant().toEpochMilli();
    long until = MONTH.plusMonths(1).toInstant().toEpochMilli();
    Line line = new Line(new Account(budget, value, from, from, 0, until), 1, amount, 0, 0);
    store.exchange(new Batch("jvm", 1, List.of(line)));
    store.close(Duration.ofSeconds(1));
  }

  private Run run(String... args) {
    List<String> all = new ArrayList<>(List.of("budgets"));
    all.addAll(List.of(args));
    all.add("--config=" + folder.resolve("costattr.yaml"));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void showsWhatEachHasSpentWhoSpentMostFirst() {
    spend(CUSTOMERS, "beta", 2 * DOLLAR);
    spend(CUSTOMERS, "acme ltd/\u001b[2J", 50 * DOLLAR);
    spend(CUSTOMERS, "vip", 49 * DOLLAR / 2);
    Run run = run("show");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "budget of spent limit % window resets beyond it",
            "customers acme ltd/\ufffd[2J $50.00 $50.00 100 month,UTC " + reset() + " block",
            "customers vip $24.50 unlimited month,UTC " + reset() + " block",
            "customers beta $2.00 $50.00 4 month,UTC " + reset() + " block",
            "all 0 calls 1000 calls 0 month,UTC " + reset() + " observe");
    assertThat(run("show", "--most=1").out()).contains("customers: 2 more").doesNotContain("beta");
  }

  private static String reset() {
    return MONTH.plusMonths(1).toInstant().toString();
  }

  @Test
  void explainsWhichBudgetsConcernACallAndWhyOthersDoNot() {
    spend(CUSTOMERS, "acme", 50 * DOLLAR);
    Run blocked = run("explain", "--customer=acme", "--environment=production");
    Run other = run("explain", "--customer=acme", "--environment=test");
    Run nobody = run("explain", "--environment=prod");

    assertThat(blocked.out())
        .containsPattern("customers +acme +\\$0.00 +\\$50.00 +used up: block")
        .contains("The call is blocked.");
    assertThat(other.out())
        .containsPattern("customers +acme +does not concern it +it matches environment: prod\\*")
        .containsPattern("all +1000 calls +1000 calls +concerns it")
        .contains("The call goes on");
    assertThat(nobody.out()).contains("the call does not say customer_id");
  }

  @Test
  void aBudgetThatIsResetBeginsAnewForThatValueAlone() {
    spend(CUSTOMERS, "acme", 50 * DOLLAR);
    spend(CUSTOMERS, "beta", DOLLAR);
    Run reset = run("reset", "customers", "--value=acme");

    assertThat(reset.code()).as(reset.err()).isZero();
    assertThat(reset.out())
        .isEqualToIgnoringNewLines("customers of acme begins anew: $50.00 of $50.00 were spent");
    assertThat(run("show").out()).contains("beta").doesNotContain("acme");
    spend(CUSTOMERS, "acme", 3 * DOLLAR);
    assertThat(run("explain", "--customer=acme", "--environment=prod").out()).contains("$47.00");
  }

  @Test
  void whatCannotBeDoneIsSaidInOneLine() throws IOException {
    assertThat(run("show").err()).contains("there is no file").contains("budget-file");
    spend(CUSTOMERS, "acme", DOLLAR);
    assertThat(run("reset", "costumers").err()).contains("there is no budget costumers");
    assertThat(run("reset", "customers").err())
        .contains("every customer_id has a budget customers of its own");
    assertThat(run("reset", "all", "--value=acme").err()).contains("the budget all is one for all");
    Files.writeString(folder.resolve("costattr.yaml"), "budgets: [{name: a, limit: 5 apples}]");
    assertThat(run("show", "--budget-file=" + file()).err())
        .contains("costattr.yaml line 1")
        .contains("5 apples");
    Files.writeString(folder.resolve("costattr.yaml"), "budget: {store: memory}");
    Run memory = run("show");
    assertThat(memory.code()).isEqualTo(1);
    assertThat(memory.err()).contains("counted in memory");
    assertThat(Run.of("budgets").code()).isEqualTo(2);
  }

  @Test
  void whatAWarehouseKnowsIsLoadedAsOftenAsYouLike() throws IOException {
    spend(CUSTOMERS, "acme", 10 * DOLLAR);
    Path file =
        Files.writeString(
            folder.resolve("spent.csv"), "customers,acme,12.5\ncustomers,beta,0.25\nall,,7\n");
    for (int raised : List.of(3, 0)) {
      Run run = run("load", file.toString());
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("3 lines, " + raised);
    }
    assertThat(run("show", "--json").out())
        .contains("\"value\":\"acme\",\"unit\":\"usd\",\"limit\":50,\"spent\":12.5,\"left\":37.5")
        .contains("\"value\":\"beta\",\"unit\":\"usd\",\"limit\":50,\"spent\":0.25")
        .contains("\"limit\":1000,\"spent\":7,\"left\":993");
    assertThat(run("explain", "--customer", "beta", "--json").out())
        .startsWith("{\"blocked\":false,\"budgets\":[");
  }

  @Test
  void aLineThatSaysNothingIsNamed() throws IOException {
    spend(CUSTOMERS, "acme", 1);
    for (String line :
        List.of("nobody,acme,1", "customers,,1", "customers,a,x", "all,,-1", "all")) {
      Path file = Files.writeString(folder.resolve("spent.csv"), line + "\n");
      Run run = run("load", file.toString());
      assertThat(run.code()).as(line).isEqualTo(1);
      assertThat(run.err()).as(line).contains("line 1: ");
    }
  }
}
