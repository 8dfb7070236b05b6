package io.costattr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final Path ROOT = Path.of(System.getProperty("costattr.test.root"));
  private static final String EVENTS = ROOT.resolve("docs/examples/events.jsonl").toString();

  @TempDir Path folder;

  @Test
  void saysItsVersionAndHelp() {
    assertThat(Run.of("--version").out()).startsWith("costattr 0.");
    assertThat(Run.of("--help").out()).contains("attach", "explain", "prices", "reprice", "rules");
    assertThat(Run.of("--help").code()).isZero();
    assertThat(Run.of().code()).isEqualTo(2);
    assertThat(Run.of().err()).contains("Usage:");
    assertThat(Run.of("colour").code()).isEqualTo(2);
  }

  @Test
  void everyExampleOfThePagePrintsWhatItShows() throws IOException {
    Pattern example =
        Pattern.compile(
            "```console\n\\$ java -jar costattr.jar ([^\n]*)\n(.*?)```", Pattern.DOTALL);
    Matcher found = example.matcher(Files.readString(ROOT.resolve("docs/command-line.md")));
    int examples = 0;
    while (found.find()) {
      examples++;
      List<String> arguments = new ArrayList<>();
      for (String word : found.group(1).split(" ")) {
        arguments.add(word.startsWith("docs/") ? ROOT.resolve(word).toString() : word);
      }
      Run run = Run.of(arguments.toArray(new String[0]));
      assertThat((run.err() + run.out()).replace(ROOT + "/", ""))
          .as(found.group(1))
          .isEqualTo(found.group(2));
    }
    assertThat(examples).isPositive();
  }

  @Test
  void explainsEveryBasis() {
    assertThat(explain("0199c1d8-1f0b-7e52-8a77-c30d94b6f111"))
        .contains("$0.18153", "add up to cost_usd exactly", "reported: the provider's usage");
    assertThat(explain("0199c1d8-1f0b-7e52-8a77-c30d94b6f113")).contains("$0.00000002");
    assertThat(explain("0199c1d2-7a31-7c44-9d10-5b1f60a3e714"))
        .contains("none: nothing was billed, the answer was HTTP 429");
    assertThat(explain("0199c1d8-1f0b-7e52-8a77-c30d94b6f115"))
        .contains("estimated: the answer ended without usage", "at risk  $0.0054");
    assertThat(explain("0199c1d2-7a31-7c44-9d10-5b1f60a3e716"))
        .contains("no price for input, output of acme-tuned-1", "not known");
    assertThat(explain("0199c1d8-1f0b-7e52-8a77-c30d94b6f117"))
        .contains("unknown: the answer ended before its usage (timeout)");
  }

  @Test
  void saysWhenLinesAndTotalContradictEachOther() throws IOException {
    String line = Files.readAllLines(Path.of(EVENTS)).get(1);
    Path sum =
        Files.writeString(
            folder.resolve("sum"), line.replace("\"cost_usd\":0.031455,", "\"cost_usd\":0.04,"));
    Path product =
        Files.writeString(
            folder.resolve("product"), line.replace("\"quantity\":81", "\"quantity\":82"));

    Run wrongSum = Run.of("explain", "0199c1d2", "--events", sum.toString());
    Run wrongLine = Run.of("explain", "0199c1d2", "--events", product.toString());

    assertThat(wrongSum.out())
        .contains("WRONG: the lines add up to $0.031455, cost_usd is $0.04")
        .doesNotContain("exactly");
    assertThat(wrongSum.code()).isEqualTo(1);
    assertThat(wrongLine.out()).contains("WRONG: the line input is $0.00041, not $0.000405");
    assertThat(wrongLine.code()).isEqualTo(1);
  }

  @Test
  void findsEventsInRotatedFilesAndCountsRepeatedOnesOnce() throws IOException {
    Path file = folder.resolve("events.jsonl");
    Files.writeString(file, "torn {\"event_id\":\"0199c1d8-1f0b");
    Files.copy(Path.of(EVENTS), folder.resolve("events.jsonl.1"));
    Files.copy(Path.of(EVENTS), folder.resolve("events.jsonl.2"));

    Run run =
        Run.of("explain", "0199c1d8-1f0b-7e52-8a77-c30d94b6f111", "--events", file.toString());

    assertThat(run.out()).contains("summariser");
  }

  @Test
  void refusesWhatItCannotFind() {
    refused("no event 0299", "explain", "0299", "--events", EVENTS);
    refused("4 events begin with 0199c1d8", "explain", "0199c1d8", "--events", EVENTS);
    refused("too short", "explain", "01", "--events", EVENTS);
    refused("there is no file /nope", "explain", "0199", "--events", "/nope");
  }

  @Test
  void refusesToAttachToWhatIsNoOtherJvm() {
    refused("\"x\" is no process id", "attach", "x");
    refused("\"-1\" is no process id", "attach", "--", "-1");
    refused("there is no process 999999999", "attach", "999999999");
    String self = String.valueOf(ProcessHandle.current().pid());
    refused(self + " is this command itself", "attach", self);
  }

  @Test
  void refusesToAttachWhereAttachingIsDisabled() throws Exception {
    try (SleepingJvm jvm = SleepingJvm.start("-XX:+DisableAttachMechanism")) {
      refused("runs with -XX:+DisableAttachMechanism", "attach", jvm.pid());
    }
  }

  @Test
  void attachesAndSaysWhenTheAgentDidNotStart() throws Exception {
    try (SleepingJvm jvm = SleepingJvm.start()) {
      System.setProperty("io.costattr.jar", SleepingJvm.emptyAgent(folder).toString());
      refused("and did not start", "attach", jvm.pid());
    } finally {
      System.clearProperty("io.costattr.jar");
    }
  }

  @Test
  void doesNothingWhereTheAgentRunsAlready() throws Exception {
    try (SleepingJvm jvm = SleepingJvm.start("-Dio.costattr.agent.version=costattr-9")) {
      Run run = Run.of("attach", jvm.pid());
      assertThat(run.out()).contains("costattr-9 is already running in JVM " + jvm.pid());
      assertThat(run.code()).isZero();
    }
  }

  @Test
  void refusesJvmsThatAreTooOld() throws Exception {
    try (SleepingJvm jvm = SleepingJvm.start("-Das.java=1.8")) {
      refused("is Java 1.8; the agent needs Java 17", "attach", jvm.pid());
    }
  }

  private static String explain(String id) {
    Run run = Run.of("explain", id, "--events", EVENTS);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private static void refused(String message, String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }
}
