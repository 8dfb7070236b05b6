package io.costattr.core.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.LineTags;
import io.costattr.core.batch.BatchEntry;
import io.costattr.core.batch.Batches;
import io.costattr.core.batch.LinesNotKept;
import io.costattr.core.dialect.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the upload of a batch job's input to the download of its results. */
class BatchUploadTest {
  private static final String FILE = "{'id':'file-in','object':'file','purpose':'batch'}";
  private static final String NOBODY = "-";

  private final List<BatchEntry> entries = new ArrayList<>();
  private Batches batches = new Batches(LineTags.OWN_NAMES, 1_000_000);
  private String results = "file-out";

  @BeforeEach
  void start() {
    Exchanges.start(
        new Routes(Map.of()),
        new Exchanges.Takers(
            exchange ->
                batches.note(exchange.batchJob(), exchange.isMaking(), exchange.attribution()),
            batches,
            entries::add),
        Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @Test
  void everyLineIsForWhomItSays() {
    upload(form(purpose("batch"), file(line("a", "c1") + line("b", "c2") + line("c", null))), FILE);

    assertThat(customersOf("a", "b", "c")).containsExactly("c1", "c2", NOBODY);
  }

  @Test
  void theFormsPurposeMayStandBehindTheFile() {
    upload(form(file(line("a", "c1")), purpose("batch")), FILE);

    assertThat(customersOf("a")).containsExactly("c1");
  }

  @Test
  void aLineSaysWhatItSaysAndTheJobTheRest() {
    batches.note(
        new io.costattr.core.dialect.BatchJob("batch-1", "file-in", "file-out", null),
        true,
        new Attribution("f", "r", "job", "t", "e", null, Map.of("x", "job", "y", "job")));
    upload(
        form(
            purpose("batch"),
            file(
                "{'custom_id':'a','body':{'metadata':{'costattr.customer.id':'line',"
                    + "'costattr.tag.x':'line'}}}\n")),
        FILE);

    download("a");

    assertThat(entries.get(0).attribution())
        .isEqualTo(
            new Attribution("f", "r", "line", "t", "e", null, Map.of("x", "line", "y", "job")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\n\n \n", "\n{'custom_id':'x','body\n", "\n7\n", "\n{}\n"})
  void linesEndSoAndBrokenOnesSpoilNoOther(String between) {
    upload(
        form(
            purpose("batch"),
            file(
                line("a", "c1").trim()
                    + between
                    + line("b", "c2").trim()
                    + between
                    + line("c", "c3").trim())),
        FILE);

    assertThat(customersOf("a", "b", "c")).containsExactly("c1", "c2", "c3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%PDF-1.7\n",
        "{'messages':[{'role':'user','content':'x'}]}\n",
        "{'custom_id':'no body'}\n",
        "not json\n"
      })
  void aFileThatBeginsOtherwiseIsLeftAlone(String first) {
    byte[] form = form(file(first + line("a", "c1")), purpose("batch"));
    upload(form, FILE);
    assertThat(customersOf("a")).containsExactly(NOBODY);

    Exchange byBytes = open("POST", "/v1/files");
    ObservedBody body = byBytes.requestBody(null);
    for (int i = 0; i < form.length; i++) {
      body.accept(form, i, 1);
    }
    answer(byBytes, 200, FILE);
    assertThat(customersOf("a")).containsExactly(NOBODY);
  }

  @Test
  void aFileOfAnotherPurposeIsNotRead() {
    upload(form(purpose("fine-tune"), file(line("a", "c1"))), FILE);
    assertThat(customersOf("a")).containsExactly(NOBODY);
    upload(form(file(line("a", "c1")), purpose("assistants")), FILE);
    assertThat(customersOf("a")).containsExactly(NOBODY);
    upload(form(file(line("a", "c1"))), FILE);
    assertThat(customersOf("a")).containsExactly(NOBODY);
  }

  @Test
  void ofAFileWhosePurposeIsKnownToBeAnotherNoLineIsLookedAt() {
    batches = new Batches(LineTags.OWN_NAMES, 1);
    start();
    long before = LinesNotKept.count();
    upload(form(purpose("fine-tune"), file(line("a", "c1"))), FILE);
    assertThat(LinesNotKept.count()).isEqualTo(before);

    upload(form(purpose("batch"), file(line("a", "c1"))), FILE);
    assertThat(LinesNotKept.count()).isEqualTo(before + 1);
  }

  @Test
  void anUploadThatIsCutKeepsNothing() {
    byte[] form = form(purpose("batch"), file(line("a", "c1") + line("b", "c2")));
    Exchange cut = open("POST", "/v1/files");
    cut.requestBody(null).accept(form, 0, form.length - 30);
    cut.failed(new IOException("Canceled"));
    assertThat(customersOf("a")).containsExactly(NOBODY);

    Exchange answeredEarly = open("POST", "/v1/files");
    answeredEarly.requestBody(null).accept(form, 0, form.length - 30);
    answer(answeredEarly, 200, FILE);
    assertThat(customersOf("a")).containsExactly(NOBODY);
  }

  @Test
  void anUploadThatIsRefusedKeepsNothing() {
    Exchange refused = open("POST", "/v1/files");
    byte[] form = form(purpose("batch"), file(line("a", "c1")));
    show(refused.requestBody(null), form);
    answer(refused, 400, "{'error':{'code':'invalid_file'}}");

    assertThat(customersOf("a")).containsExactly(NOBODY);
  }

  @Test
  void aBodyThatIsSentAgainCountsOnceAndTakesTheRoomOfOne() {
    batches = new Batches(LineTags.OWN_NAMES, 400);
    start();
    Exchange exchange = open("POST", "/v1/files");
    byte[] form = form(purpose("batch"), file(line("a", "c1")));
    exchange.requestBody(null).accept(form, 0, form.length - 10);
    show(exchange.requestBody(null), form);
    answer(exchange, 200, FILE);

    assertThat(customersOf("a")).containsExactly("c1");
  }

  @Test
  void aBodyMayBeCompressed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(form(purpose("batch"), file(line("a", "c1"))));
    }
    Exchange exchange = open("POST", "/v1/files");
    show(exchange.requestBody("gzip"), packed.toByteArray());
    answer(exchange, 200, FILE);

    assertThat(customersOf("a")).containsExactly("c1");
  }

  @Test
  void howItIsCutMakesNoDifference() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines.append(line("id \\\"\\u00e4 \r".trim() + i, i % 3 == 0 ? null : "c\\n" + i));
    }
    byte[] form = form(file(lines.toString()), purpose("batch"));
    String[] ids = new String[40];
    for (int i = 0; i < 40; i++) {
      ids[i] = "id \\\"\\u00e4" + i;
    }
    upload(form, FILE);
    List<String> whole = customersOf(ids);
    assertThat(whole).contains("c\n1", "c\n38", NOBODY);

    for (int seed = 0; seed < 40; seed++) {
      batches = new Batches(LineTags.OWN_NAMES, 1_000_000);
      start();
      Exchange exchange = open("POST", "/v1/files");
      ObservedBody body = exchange.requestBody(null);
      Random random = new Random(seed);
      for (int at = 0; at < form.length; ) {
        int length = Math.min(seed == 0 ? 1 : 1 + random.nextInt(90), form.length - at);
        body.accept(form, at, length);
        at += length;
      }
      answer(exchange, 200, FILE);
      assertThat(customersOf(ids)).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void linesBeyondTheBoundAreForWhoMadeTheJob() {
    batches = new Batches(LineTags.OWN_NAMES, 1_000);
    start();
    long before = LinesNotKept.count();
    upload(
        form(
            purpose("batch"), file(line("a", "c1") + line("b", "c".repeat(500)) + line("c", null))),
        FILE);

    assertThat(customersOf("a", "b", "c")).containsExactly("c1", NOBODY, NOBODY);
    assertThat(LinesNotKept.count()).isEqualTo(before + 1);
  }

  @Test
  void withoutRoomNothingIsRead() {
    batches = new Batches(LineTags.OWN_NAMES, 0);
    start();
    long before = LinesNotKept.count();
    upload(form(purpose("batch"), file(line("a", "c1"))), FILE);

    assertThat(customersOf("a")).containsExactly(NOBODY);
    assertThat(LinesNotKept.count()).isEqualTo(before);
  }

  @Test
  void whatAnAnswerRepeatsOfItsRequestIsReadWithoutTheRequest() {
    send("GET", "/v1/batches/batch-1", job());
    send(
        "GET",
        "/v1/files/file-out/content",
        "{'id':'l1','custom_id':'a','error':null,'response':{'status_code':200,'body':{"
            + "'object':'response','user':7,'metadata':{'costattr.customer.id':'c1','n':1,'o':{}},"
            + "'safety_identifier':'s','usage':{'input_tokens':1,'output_tokens':1}}}}\n"
            + "{'id':'l2','custom_id':'b','error':null,'response':{'status_code':200,'body':{"
            + "'object':'response','metadata':{}}}}\n");

    assertThat(entries)
        .extracting(BatchEntry::attribution)
        .extracting(Attribution::customerId)
        .containsExactly("c1", null);
  }

  @Test
  void readingAgainAddsNothing() {
    upload(form(purpose("batch"), file(line("a", "c1"))), FILE);
    download("a");
    download("a");

    assertThat(entries).hasSize(1);
  }

  private List<String> customersOf(String... customIds) {
    entries.clear();
    results += "+";
    download(customIds);
    return entries.stream()
        .map(entry -> Objects.requireNonNullElse(entry.attribution().customerId(), NOBODY))
        .toList();
  }

  private void download(String... customIds) {
    send("POST", "/v1/batches", job());
    StringBuilder lines = new StringBuilder();
    for (String customId : customIds) {
      lines
          .append("{'id':'batch_req','custom_id':'")
          .append(customId)
          .append("','response':{'status_code':200,'body':{'object':'chat.completion'}}}\n");
    }
    send("GET", "/v1/files/" + results + "/content", lines.toString());
  }

  private String job() {
    return "{'id':'batch-1','object':'batch','input_file_id':'file-in',"
        + "'output_file_id':'"
        + results
        + "','error_file_id':null}";
  }

  private static void upload(byte[] form, String answer) {
    Exchange exchange = open("POST", "/v1/files");
    show(exchange.requestBody(null), form);
    answer(exchange, 200, answer);
  }

  private static void send(String method, String path, String answer) {
    Exchange exchange = open(method, path);
    if (method.equals("POST")) {
      show(exchange.requestBody(null), "{}".getBytes(UTF_8));
    }
    answer(exchange, 200, answer);
  }

  private static void answer(Exchange exchange, int status, String answer) {
    show(
        exchange.response(status, name -> "content-type".equals(name) ? "application/json" : null),
        json(answer));
  }

  private static Exchange open(String method, String path) {
    return Objects.requireNonNull(
        Exchanges.open("test", method, "api.openai.com", 443, path, null));
  }

  private static void show(ObservedBody body, byte[] bytes) {
    body.accept(bytes, 0, bytes.length);
    body.ended();
  }

  private static String line(String customId, String customer) {
    return "{'custom_id':'"
        + customId
        + "','method':'POST','url':'/v1/chat/completions','body':{'model':'gpt-5-mini',"
        + "'messages':[{'role':'user','content':'{\\'custom_id\\':\\'x\\'}'}],'metadata':{'job':'nightly'"
        + (customer == null ? "" : ",'costattr.customer.id':'" + customer + "'")
        + "}}}\n";
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  private static String purpose(String purpose) {
    return "Content-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose;
  }

  private static String file(String lines) {
    return "Content-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n"
        + "Content-Type: application/octet-stream\r\n\r\n"
        + lines.replace('\'', '"');
  }

  private static byte[] form(String... parts) {
    StringBuilder form = new StringBuilder();
    for (String part : parts) {
      form.append("--B0UNDARY\r\n").append(part).append("\r\n");
    }
    return form.append("--B0UNDARY--\r\n").toString().getBytes(UTF_8);
  }
}
