package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in {@code collector-config}: every name is the registry's, and a mistake is found. */
class CollectorConfigurationTest {
  private static final Path REGISTRY =
      AgentJvm.root().resolve("agent/export/src/main/resources/io/costattr/telemetry.yaml");

  /** Of the ledger's columns those that are no field of the events file. */
  private static final Set<String> OWN_COLUMNS =
      Set.of("cost_pico_usd", "input_tokens", "output_tokens", "received_at");

  @TempDir Path directory;

  @BeforeAll
  static void once() {
    Programs.onlyOnce();
  }

  @Test
  void everyAttributeThatSqlReadsIsInTheRegistry() throws Exception {
    Set<String> registered = all("name: ([a-z_.]+)", Files.readString(REGISTRY, UTF_8));
    Set<String> read =
        all("(?:\\ba|attributes|Attributes)\\['([a-z_.]+)'\\]", text("clickhouse", ".sql"));
    assertThat(read).hasSizeGreaterThan(30);
    read.remove("deployment.environment.name");
    assertThat(registered).containsAll(read);
  }

  @Test
  void everyColumnOfTheLedgerIsAFieldOfTheEventsFile() throws Exception {
    String calls =
        Files.readString(Programs.config().resolve("clickhouse/schema/020-calls.sql"), UTF_8);
    Set<String> columns =
        all("(?m)^    ([a-z_]+) +[A-Z]", calls.substring(0, calls.indexOf("INDEX ")));
    Set<String> fields = all("name: ([a-z_]+),", Files.readString(REGISTRY, UTF_8));
    columns.removeAll(OWN_COLUMNS);
    assertThat(columns).hasSizeGreaterThan(40);
    assertThat(fields).containsAll(columns);
  }

  @Test
  void everyMetricAndLabelOfTheRulesIsInTheRegistry() throws Exception {
    String registry = Files.readString(REGISTRY, UTF_8);
    Set<String> known = all("prometheus: ([A-Za-z_]+)", registry);
    all("name: ([a-z_.]+)", registry).forEach(name -> known.add(name.replace('.', '_')));
    Set<String> used = new TreeSet<>();
    for (String word :
        all("(?<![:\\w])((?:costattr|gen_ai)_\\w+)", text("prometheus/rules", ".yaml"))) {
      // Of a recorded name the part between colons is no metric.
      if (!text("prometheus/rules", ".yaml").contains(":" + word)) {
        used.add(word);
      }
    }
    assertThat(used).hasSizeGreaterThan(15);
    assertThat(known).containsAll(used);
  }

  @Test
  void everyAlertSaysWhatToDoAndIsTestedWhenItFiresAndWhenItDoesNot() throws Exception {
    String rules = text("prometheus/rules", ".yaml");
    String tests = text("prometheus/tests", ".yaml");
    Set<String> alerts = all("- alert: (\\w+)", rules);
    assertThat(alerts).hasSizeGreaterThan(20);
    for (String alert : alerts) {
      String rule = rules.substring(rules.indexOf("- alert: " + alert + "\n"));
      rule = rule.substring(0, rule.indexOf(".md", rule.indexOf("runbook: ")) + 3);
      assertThat(rule).as(alert).contains("severity: ", "summary: ", "description: ");
      Matcher runbook = Pattern.compile("runbook: (\\S+)").matcher(rule);
      assertThat(runbook.find()).as(alert).isTrue();
      assertThat(AgentJvm.root().resolve(runbook.group(1))).as(alert).exists();
      assertThat(tests).as(alert).contains("alertname: " + alert);
    }
  }

  @Test
  void theShippedConfigurationIsRight() throws Exception {
    Programs.directory("lint");
    assertThat(check(Programs.config())).endsWith("all is well\n");
  }

  @Test
  void mistakesAreFoundAllOfThem() throws Exception {
    Programs.directory("lint");
    Path copy = directory.resolve("copy");
    copy(Programs.config(), copy);
    change(copy, "collector/laptop.yaml", "max_elapsed_time", "max_elapsed_tyme");
    change(copy, "prometheus/rules/spend.yaml", "> 50", ">> 50");
    change(copy, "prometheus/rules/quality.yaml", "> 20", "> 2000000");
    change(copy, "alertmanager/alertmanager.yaml", "receiver: nobody", "receiver: somebody");
    change(copy, "clickhouse/queries/waste.sql", "GROUP BY team", "GROUP BY tem");
    change(copy, "grafana/dashboards/overview.json", "now-24h", "now-25h");
    change(copy, "grafana/dashboards/finance.json", "\"currencyUSD\"", "\"dollars\"");
    change(copy, "grafana/dashboards/routes.json", "${prometheus}", "costattr-prometheus");
    change(copy, "grafana/dashboards/models.json", "costattr_calls FINAL", "costattr_calls");
    change(copy, "grafana/dashboards/features.json", "$team", "$teem");
    change(copy, "grafana/dashboards/customers.json", "\"uid\": \"costattr-", "\"uid\": \"x-");
    change(copy, "grafana/provisioning/alerting/rules.yaml", "severity: info", "severity: low");
    change(copy, "grafana/provisioning/alerting/notifications.yaml", "http:", "$http:");
    change(copy, "compose.yaml", "service_healthy", "service_wealthy");
    change(copy, "kubernetes/loader.yaml", "replicas: 3", "replicas: three");
    String said = check(copy);
    assertThat(said)
        .contains(
            "WRONG collector/laptop.yaml",
            "WRONG prometheus/rules",
            "WRONG prometheus/tests/quality.yaml",
            "WRONG alertmanager/alertmanager.yaml",
            "waste.sql",
            "WRONG grafana/dashboards are what grafana/source says",
            "overview.json is not what its source says",
            "has no unit that is known here: dollars",
            "does not go through a data-source variable",
            "reads costattr_calls without FINAL",
            "uses $teem, which the dashboard does not have",
            "uid is not costattr- and the file's name",
            "CostattrCustomerAtALoss: has no severity that Alertmanager knows",
            "notifications.yaml: has a dollar sign",
            "WRONG compose.yaml",
            "WRONG kubernetes/loader.yaml")
        .doesNotContain("all is well");
  }

  private static String check(Path config) throws Exception {
    Process check =
        new ProcessBuilder(Programs.config().resolve("check").toString(), config.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);
    check.waitFor();
    return said;
  }

  private static void change(Path copy, String file, String from, String to) throws IOException {
    Path changed = copy.resolve(file);
    String text = Files.readString(changed, UTF_8);
    assertThat(text).contains(from);
    Files.writeString(
        changed, text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)), UTF_8);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (target.toString().contains("/.local") || target.toString().contains("/.secrets")) {
          continue;
        }
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static Set<String> all(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** All files below that directory with that ending, one behind the other. */
  private static String text(String below, String ending) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(Programs.config().resolve(below))) {
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).sorted().toList()) {
        all.append(Files.readString(file, UTF_8)).append('\n');
      }
    }
    return all.toString();
  }
}
