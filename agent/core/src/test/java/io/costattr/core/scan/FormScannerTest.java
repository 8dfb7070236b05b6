package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormScannerTest {
  private static final int MODEL = 0;
  private static final int COUNT = 1;
  private static final int STREAM = 2;
  private static final int IMAGE = 3;
  private static final int PROMPT = 4;
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .value("model", MODEL)
          .value("n", COUNT)
          .value("stream", STREAM)
          .presence("image", IMAGE)
          .text("prompt", PROMPT)
          .build();

  @Test
  void fieldsAreToldAsTheMembersOfAnObject() {
    assertThat(
            read(
                form(
                    field("model", "gpt-image-2"),
                    field("n", "2"),
                    field("stream", "true"),
                    field("prompt", "Ein grüner\r\n--Kater"))))
        .containsExactly(
            "0 string gpt-image-2", "1 number 2", "2 bool true", "4 text Ein grüner\r\n--Kater");
  }

  @Test
  void ofAFileOnlyThePresenceIsTold() {
    assertThat(
            read(
                form(
                    file("image", "model.png", "name=\"model\"\r\n\r\ngpt-4\r\n--"),
                    file("model", "x", "gpt-4"),
                    field("model", "whisper-1"))))
        .containsExactly("3 present", "0 string whisper-1");
  }

  @Test
  void fieldsThatComeMoreThanOnceHaveBrackets() {
    assertThat(read(form(file("image[]", "a.png", "A"), file("image[]", "b.png", "B"))))
        .containsExactly("3 present", "3 present");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Disposition: form-data; name=\"model\"",
        "content-disposition:form-data;name=model",
        "Content-Disposition: form-data; NAME=\"model\"; other=\"a;b\\\"c\"",
        "Content-Type: text/plain\r\nContent-Disposition: form-data; name=\"mod\\el\""
      })
  void aNameIsReadHoweverItIsWritten(String headers) {
    assertThat(read(form(headers + "\r\n\r\nm"))).containsExactly("0 string m");
  }

  @Test
  void aValueBeyondTheBoundIsTooLongAndNotCut() {
    assertThat(read(form(field("model", "m".repeat(513)), field("n", "3"))))
        .containsExactly("0 too long", "1 number 3");
  }

  @Test
  void aHeaderBeyondTheBoundHidesItsPartOnly() {
    assertThat(
            read(
                form(
                    "Content-Disposition: form-data; filename=\""
                        + "f".repeat(600)
                        + "\"; name=\"model\"\r\n\r\nhidden",
                    field("n", "3"))))
        .containsExactly("1 number 3");
  }

  @Test
  void anEmptyValueIsAnEmptyString() {
    assertThat(read(form(field("model", "")))).containsExactly("0 string ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "--\r\n", "-5", "--b\n\nx", "- list item\r\nmore\r\n"})
  void whatIsNoFormSaysNothing(String body) {
    assertThat(read(body)).isEmpty();
  }

  @Test
  void theEndIsTheClosingDelimiterAndNotOneOfAPart() {
    RequestScanner scanner = new RequestScanner(SHAPE, new Calls());
    byte[] form = form(field("model", "m"), field("n", "1")).getBytes(UTF_8);

    scanner.accept(form, 0, form.length - 4);
    assertThat(scanner.complete()).isFalse();
    scanner.accept(form, form.length - 4, 4);

    assertThat(scanner.complete()).isTrue();
  }

  @Test
  void howItIsCutMakesNoDifference() {
    ByteArrayOutputStream sound = new ByteArrayOutputStream();
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      // Full of what a delimiter begins with.
      sound.write(random.nextInt(3) == 0 ? "\r\n-".charAt(random.nextInt(3)) : random.nextInt(256));
    }
    byte[] body =
        form(
                field("model", "gpt-4o-transcribe"),
                file("image", "speech.wav", sound.toString(ISO_8859_1)),
                field("prompt", "\r\n\r--\r\n--B0UNDAR\r\n--B0UNDARx"),
                field("stream", "false"))
            .getBytes(ISO_8859_1);
    List<String> whole = read(body);
    assertThat(whole).hasSize(4);

    Calls byBytes = new Calls();
    Pieces.byteByByte(new RequestScanner(SHAPE, byBytes), body);
    assertThat(byBytes.lines()).isEqualTo(whole);
    for (int seed = 0; seed < 50; seed++) {
      Calls inPieces = new Calls();
      Pieces.random(new RequestScanner(SHAPE, inPieces), body, new Random(seed));
      assertThat(inPieces.lines()).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void aFileIsReadWhereSomebodyWantsToHoweverItIsCut() {
    String content = "\r\n--B0UNDAR\r\n\r--{}\r\n-";
    byte[] body =
        form(field("n", "1"), file("notes", "a", "other"), file("data", "b", content))
            .getBytes(UTF_8);
    List<String> whole = opened(body, body.length, new Random(0));
    assertThat(whole).containsExactly("1 number 1", "data", content, "end");
    for (int seed = 0; seed < 200; seed++) {
      assertThat(opened(body, 1 + seed % 7, new Random(seed))).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void ofAFileThatIsCutTheEndIsNotTold() {
    String form = form(file("data", "b", "first\r\nsecond"));
    byte[] body = form.substring(0, form.indexOf("cond")).getBytes(UTF_8);

    assertThat(opened(body, 3, new Random(1))).containsExactly("data", "first\r\nse");
  }

  /** What is told of a form whose file {@code data} is read, in pieces of up to that many bytes. */
  private static List<String> opened(byte[] body, int most, Random random) {
    Calls calls = new Calls();
    List<String> told = new ArrayList<>();
    StringBuilder content = new StringBuilder();
    RequestScanner scanner =
        new RequestScanner(
            SHAPE,
            calls,
            name -> {
              if (!name.equals("data")) {
                return null;
              }
              told.addAll(calls.lines());
              told.add(name);
              return new BodyReader() {
                @Override
                public void accept(byte[] bytes, int offset, int length) {
                  content.append(new String(bytes, offset, length, ISO_8859_1));
                }

                @Override
                public void end() {
                  content.append("\0");
                }
              };
            });
    for (int i = 0; i < body.length; ) {
      int length = Math.min(1 + random.nextInt(most), body.length - i);
      scanner.accept(body, i, length);
      i += length;
    }
    scanner.end();
    boolean ended = content.toString().endsWith("\0");
    told.add(ended ? content.substring(0, content.length() - 1) : content.toString());
    if (ended) {
      told.add("end");
    }
    return told;
  }

  @Test
  void aBodyThatIsCutHasSaidWhatCameBefore() {
    String form = form(field("model", "m"), field("n", "1"));

    assertThat(read(form.substring(0, form.length() - 20))).containsExactly("0 string m");
  }

  @Test
  void aDocumentIsReadAsOne() {
    assertThat(read(" {\"model\":\"m\",\"prompt\":\"p\"}"))
        .containsExactly("0 string m", "4 text p");
  }

  private static String field(String name, String value) {
    return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
  }

  private static String file(String name, String file, String content) {
    return "Content-Disposition: form-data; name=\""
        + name
        + "\"; filename=\""
        + file
        + "\"\r\nContent-Type: application/octet-stream\r\nContent-Length: 5\r\n\r\n"
        + content;
  }

  private static String form(String... parts) {
    StringBuilder form = new StringBuilder();
    for (String part : parts) {
      form.append("--B0UNDARY\r\n").append(part).append("\r\n");
    }
    return form.append("--B0UNDARY--\r\n").toString();
  }

  private static List<String> read(String body) {
    return read(body.getBytes(UTF_8));
  }

  private static List<String> read(byte[] body) {
    Calls calls = new Calls();
    Pieces.whole(new RequestScanner(SHAPE, calls), body);
    return calls.lines();
  }
}
