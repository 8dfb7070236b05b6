package io.costattr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code prices list}, {@code check} and {@code diff}; the examples of the page run elsewhere. */
class PricesTest {
  private static final String HEADER = "provider,model,meter,usd,per,effective_from\n";

  @TempDir Path folder;

  @Test
  void listsEveryModelThatHasAPrice() {
    Run run = Run.of("prices", "list", "--at", "2026-11-23");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("price book 2026-", "in force at 2026-11-23T00:00:00Z")
        .containsPattern("openai +gpt-5\\.5 +5 +0\\.5 +30")
        .containsPattern("openai +whisper-1 +second 0\\.006 per 60")
        .containsPattern("openai +dall-e-3 +image_1024 0\\.04 per 1, image_1792 0\\.08 per 1")
        .containsPattern("anthropic +claude-opus-4-8 +5 +0\\.5 +25 +cache_write 6\\.25")
        .containsPattern("deepseek +deepseek-flash +0\\.15");
    assertThat(run.out().lines().count()).isGreaterThan(250);
  }

  @Test
  void listsWhatWasInForceThen() {
    assertThat(list("claude-opus-4-6", "2026-03-12"))
        .containsPattern("standard +over 200,000 +input +10 +1,000,000 +2026-02-05 +2026-03-13");
    assertThat(list("claude-opus-4-6", "2026-03-13")).doesNotContain("over 200,000");
    assertThat(list("deepseek-flash", "2026-11-23T02:00:00Z"))
        .containsPattern("input +0\\.3 .*mon-fri 01:00-04:00");
    assertThat(list("gpt-4o-2024-11-20", "2026-11-23")).containsPattern("openai +gpt-4o +standard");
    assertThat(list("gpt-5.6", "2026-11-23")).contains("gpt-5.6-sol", "unverified");
  }

  @Test
  void listsWithAFileLaidOver() throws IOException {
    Path book = file("# version: acme\n" + HEADER + "openai,gpt-5.5,input,1,1000000,2026-11-01\n");

    Run run = Run.of("prices", "list", "gpt-5.5", "--at", "2026-11-23", "--book", book.toString());

    assertThat(run.out()).contains("+acme").containsPattern("standard +input +1 +1,000,000");
  }

  @Test
  void saysWhatIsSimilarToAModelThatItDoesNotKnow() {
    refused("no price of \"gpt-5.5-turbo\"; there are gpt-5.5", "prices", "list", "gpt-5.5-turbo");
    refused("no price of \"llama9\"; prices list shows all", "prices", "list", "llama9");
    refused(
        "no price of \"gpt-6-astra\" is in force at 2026-01-01T00:00:00Z; try another --at",
        "prices",
        "list",
        "gpt-6-astra",
        "--at",
        "2026-01-01");
    refused("no provider \"opnai\"; there are openai,", "prices", "list", "--provider", "opnai");
    refused("\"yesterday\" is no day like", "prices", "list", "--at", "yesterday");
  }

  @Test
  void checksAndSaysEveryFault() throws IOException {
    Path bad = file(HEADER + "a,m,input,x,1,2026-01-01\nb,m,output,1,1,2026-13-01\n");

    Run run = Run.of("prices", "check", bad.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly(
            bad + ", line 2: usd \"x\" is not a plain decimal like 0.075",
            bad + ", line 3: effective_from \"2026-13-01\" is no day of the calendar",
            "2 faults: the agent would refuse the file");
    assertThat(Run.of("prices", "check", file("").toString()).out())
        .contains(": empty: the first line must name the columns", "1 fault: the agent");
    refused("cannot read /nope", "prices", "check", "/nope");
  }

  @Test
  void aFileCannotCommandTheTerminal() throws IOException {
    Path bad = file(HEADER + "a,m,\u001b[2Jinput,1,1,2026-01-01\n");

    assertThat(Run.of("prices", "check", bad.toString()).out()).doesNotContain("\u001b");
  }

  @Test
  void namesTheCommandThatSaysMoreWhereABookIsRefused() throws IOException {
    Path bad = file(HEADER + "a,m,input,x,1,2026-01-01\n");

    refused("prices check " + bad + " says all", "prices", "diff", bad.toString());
    refused("line 2: usd", "prices", "list", "gpt-5.5", "--book", bad.toString());
  }

  @Test
  void tellsAPriceOfCertainHoursFromThatOfAllHours() throws IOException {
    Path book =
        file(
            "hours_utc,"
                + HEADER
                + ",deepseek,deepseek-flash,input,0.3,1000000,2026-11-01\n"
                + "mon-fri 02:00-03:00,deepseek,deepseek-flash,input,0.3,1000000,2026-11-01\n");

    assertThat(Run.of("prices", "diff", book.toString()).out())
        .contains(
            "~ deepseek deepseek-flash standard input: $0.15 per 1,000,000 -> $0.3 per 1,000,000"
                + " (+100 %) since 2026-11-01",
            "+ deepseek deepseek-flash standard input: $0.3 per 1,000,000 since 2026-11-01 at"
                + " mon-fri 02:00-03:00",
            "1 other, 1 new, 0 the same");
  }

  @Test
  void saysHowItIsUsed() {
    for (String command : new String[] {"list", "check", "diff"}) {
      Run run = Run.of("prices", command, "--help");
      assertThat(run.code()).isZero();
      assertThat(run.out()).contains("Example", "prices " + command);
    }
    assertThat(Run.of("prices").code()).isEqualTo(2);
    assertThat(Run.of("prices").err()).contains("name what: list, check or diff");
    assertThat(Run.of("prices", "check").code()).isEqualTo(2);
  }

  private String list(String model, String at) {
    Run run = Run.of("prices", "list", model, "--at", at);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private Path file(String csv) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "prices", ".csv"), csv);
  }

  private static void refused(String message, String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }
}
