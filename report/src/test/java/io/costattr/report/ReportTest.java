package io.costattr.report;

import static io.costattr.report.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String HEAD =
      "calls,failed,tokens_in,tokens_out,tokens_cached,cost_usd,share,unpriced,unknown,at_risk_usd";

  @TempDir Path folder;

  @Test
  void groupsAndAddsTheDearestFirst() throws IOException {
    Path file =
        write(
            "events.jsonl",
            event("1").json("prompt_tokens", "10").json("cached_tokens", "4").line(),
            event("2").with("feature", "search").json("cost_usd", "0.03").line(),
            event("3").json("completion_tokens", "7").with("error_code", "timeout").line());

    assertThat(csv(file, "--by", "feature,customer"))
        .isEqualTo(
            "feature,customer,"
                + HEAD
                + "\nsearch,acme,1,0,,,,0.03,0.6,0,0,\n"
                + "chat,acme,2,1,10,7,4,0.02,0.4,0,0,\n"
                + "(total),,3,1,10,7,4,0.05,1,0,0,\n");
  }

  @Test
  void aHundredMillionthOfADollarIsNotLost() throws IOException {
    Path file =
        write(
            "events.jsonl",
            event("1").json("cost_usd", "0.00000002").line(),
            event("2").json("cost_usd", "2E-8").line(),
            event("3").json("cost_usd", "999999.000000000001").line());

    assertThat(csv(file, "--no-total")).endsWith("\n3,0,,,,999999.000000040001,1,0,0,\n");
    assertThat(Run.of(file.toString()).out()).contains("999999.000000040001");
  }

  @Test
  void aMillionTinyCostsAddUpExactly() throws IOException {
    Path file = folder.resolve("events.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16);
        BufferedWriter lines =
            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      for (int i = 0; i < 1_000_000; i++) {
        lines.write(
            "{\"event\":\"openai.request\",\"event_id\":\"id-"
                + i
                + "\",\"timestamp\":\"2026-11-23T10:15:30.120Z\",\"feature\":\"f"
                + i % 10
                + "\",\"tags\":{\"arm\":\"B\"},\"prompt_tokens\":1,\"cost_usd\":0.000000000003}\n");
      }
    }

    assertThat(csv(file, "--by", "feature", "--limit", "1"))
        .isEqualTo(
            "feature,"
                + HEAD
                + "\nf0,100000,0,100000,,,0.0000003,0.1,0,0,\n"
                + "(total),1000000,0,1000000,,,0.000003,1,0,0,\n");
  }

  @Test
  void whatHasNoPriceIsCountedAndNeverZero() throws IOException {
    Path file =
        write(
            "events.jsonl",
            event("1").line(),
            event("2")
                .with("feature", "a")
                .json("cost_usd", "null")
                .with("cost_basis", "unpriced")
                .line(),
            event("3")
                .with("feature", "b")
                .json("cost_usd", "null")
                .with("cost_basis", "unknown")
                .line(),
            event("4")
                .with("feature", "b")
                .json("cost_usd", "0")
                .with("cost_basis", "none")
                .line());

    assertThat(csv(file, "--by", "feature"))
        .contains("\na,1,0,,,,,,1,0,\n")
        .contains("\nb,2,0,,,,,,0,1,\n")
        .contains("(total),4,0,,,,0.01,1,1,1,\n");
    assertThat(Run.of(file.toString(), "--by", "feature").out())
        .containsPattern("a +1 .* unpriced +- ")
        .containsPattern("b +2 .* unknown +- ")
        .doesNotContain("0.00 ");
  }

  @Test
  void anEventThatComesTwiceIsCountedOnce() throws IOException {
    write("a.jsonl", event("1").line(), event("1").line(), event("2").line());
    write("b.jsonl", event("2").line(), event("3").line());

    Run run = Run.of(folder.resolve("*.jsonl").toString());

    assertThat(run.out()).contains("0.03").contains("2 lines repeat an event");
    assertThat(csv(folder, "--by", "feature")).contains("chat,3,");
  }

  @Test
  void rotatedFilesComeWithTheirs() throws IOException {
    Path file = write("events.jsonl", event("1").line());
    write("events.jsonl.1", event("2").line());
    write("events.jsonl.2", event("3").line());
    write("events.jsonl.bak", event("4").line());

    assertThat(csv(file)).contains("\n3,0,");
    assertThat(csv(file, "--no-rotated")).contains("\n1,0,");
    Files.delete(file);
    assertThat(csv(file)).contains("\n2,0,");
  }

  @Test
  void badLinesAreNamedAndTheRestIsCounted() throws IOException {
    Path file =
        write(
            "events.jsonl",
            event("1").line(),
            "nonsense\n",
            "[1]\n",
            "\n",
            event("2").json("cost_usd", "\"0.01\"").line(),
            event("3").json("cost_usd", "0.0000000000001").line(),
            event("4").json("cost_usd", "1e999999999").line(),
            event("5").json("prompt_tokens", "1.5").line(),
            event("6").with("timestamp", "yesterday").line(),
            event("7").json("event_id", "null").line(),
            event("8").line().substring(0, 40));

    Run run = Run.of(file.toString(), "--format", "csv");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("\n1,0,,,,0.01,");
    assertThat(run.err())
        .contains(file + ":2: left out: not JSON\n")
        .contains(file + ":3: left out: not a JSON object\n")
        .contains(file + ":5: left out: cost_usd is not a number\n")
        .contains(file + ":6: left out: cost_usd has more than 12 decimals\n")
        .contains(file + ":7: left out: cost_usd is a million USD or more\n")
        .contains(file + ":8: left out: prompt_tokens is not a whole number\n")
        .contains(file + ":9: left out: timestamp is not RFC 3339\n")
        .contains(file + ":10: left out: no event_id\n")
        .contains(file + ":11: left out: not JSON; the file ends inside this line\n")
        .contains("bad lines left out: 9");
  }

  @Test
  void aCutGzipFileIsReadAsFarAsItGoes() throws IOException {
    Path whole = folder.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      for (int i = 0; i < 1000; i++) {
        out.write(event("" + i * 7919).line().getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.jsonl.gz");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    Run run = Run.of(cut.toString());

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("the gzip data is damaged or ends here");
  }

  @Test
  void choosesByTimeAndValue() throws IOException {
    Path file =
        write(
            "events.jsonl",
            event("1").with("timestamp", "2026-11-22T23:59:59.999Z").line(),
            event("2").with("timestamp", "2026-11-23T00:00:00Z").line(),
            event("3").json("tags", "{\"arm\":\"o'B\"}").line(),
            event("4").with("timestamp", "2026-11-24T01:00:00+01:00").line());

    assertThat(csv(file, "--by", "day"))
        .contains("\n2026-11-22,1,", "\n2026-11-23,2,", "\n2026-11-24,1,");
    assertThat(csv(file, "--by", "hour", "--since", "2026-11-23", "--until", "2026-11-24"))
        .contains("2026-11-23T00:00Z,1,", "2026-11-23T10:00Z,1,")
        .contains("(total),2,");
    assertThat(csv(file, "--by", "tag.arm", "--where", "tag.arm=o'B")).contains("\no'B,1,");
    assertThat(csv(file, "--where", "tag.arm=")).contains("\n3,0,");
    assertThat(csv(file, "--where", "tag.arm=", "--where", "tag.arm=o'B")).contains("\n4,0,");
    assertThat(Run.of(file.toString(), "--where", "feature=none").err())
        .contains("none of the 4 calls read is chosen");
  }

  @Test
  void sortsAndLimits() throws IOException {
    Path file =
        write(
            "events.jsonl",
            event("1").with("feature", "a").line(),
            event("2").with("feature", "b").line(),
            event("3").with("feature", "b").json("cost_usd", "0").line());

    assertThat(csv(file, "--by", "feature", "--sort", "calls", "--limit", "1"))
        .contains("\nb,2,")
        .doesNotContain("\na,")
        .contains("(total),3,");
    assertThat(csv(file, "--by", "feature", "--sort", "feature:desc")).contains(HEAD + "\nb,");
    assertThat(Run.of(file.toString(), "--by", "feature", "--limit", "1").out())
        .contains("1 more row is not shown; the total counts it");
  }

  @Test
  void noValueCommandsTheTerminalOrEndsACell() throws IOException {
    Path file =
        write("events.jsonl", event("1").with("feature", "\\u001b[31mred | \\\"x\\\", y").line());

    assertThat(Run.of(file.toString(), "--by", "feature").out())
        .contains("\ufffd[31mred")
        .doesNotContain("\u001b");
    assertThat(Run.of(file.toString(), "--by", "feature", "--format", "markdown").out())
        .contains("red \\| ");
    assertThat(csv(file, "--by", "feature")).contains("red | \"\"x\"\", y\",1,");
  }

  @Test
  void jsonSaysNullForWhatIsNotKnown() throws IOException {
    Path file =
        write(
            "events.jsonl",
            event("1").json("cost_usd", "null").line(),
            event("2").with("event", "openai.prompt_size_warning").line());

    assertThat(Run.of(file.toString(), "--by", "team", "--format", "json").out())
        .contains("\"team\" : null", "\"cost_usd\" : null", "\"other_events\" : 1");
  }

  @Test
  void badInputIsSaidAndEndsWithOne() throws IOException {
    Path empty = write("empty.jsonl");
    Path notices = write("n.jsonl", event("1").with("event", "agent.notice").line());

    refused(1, "no calls in " + empty + ": no events at all", empty.toString());
    refused(1, "no calls in " + notices, notices.toString());
    refused(1, "there is no file " + folder + "/nope", folder + "/nope");
    refused(1, "no file matches " + folder + "/x*", folder + "/x*");
  }

  @Test
  void badUsageIsSaidAndEndsWithTwo() throws IOException {
    String file = write("events.jsonl", event("1").line()).toString();

    refused(2, "no dimension \"colour\"; there are feature, customer", file, "--by", "colour");
    refused(2, "write KEY=VALUE", file, "--where", "feature");
    refused(2, "--since never", file, "--since", "never");
    refused(2, "no such column", file, "--sort", "colour");
    refused(2, "Missing required parameter", new String[0]);
    refused(2, "--format", file, "--format", "pdf");
    refused(2, "--limit 0", file, "--limit", "0");
  }

  @Test
  void saysItsVersionAndHelp() {
    assertThat(Run.of("--version").out()).startsWith("costattr report 0.");
    assertThat(Run.of("--help").out()).contains("--by", "Exit codes");
  }

  private static void refused(int code, String message, String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
  }

  private static String csv(Path file, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = file.toString();
    all[1] = "--format";
    all[2] = "csv";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    Run run = Run.of(all);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("", lines));
  }
}
