package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  private static final int A = 1;
  private static final int B = 2;

  private final Calls calls = new Calls();

  private JsonScanner scan(JsonShape.Builder shape, String document) {
    calls.lines().clear();
    JsonScanner whole = new JsonScanner(shape.build(), calls);
    Pieces.whole(whole, document.getBytes(UTF_8));

    Calls inPieces = new Calls();
    JsonScanner split = new JsonScanner(shape.build(), inPieces);
    Pieces.byteByByte(split, document.getBytes(UTF_8));
    assertThat(inPieces.lines()).isEqualTo(calls.lines());
    assertThat(split.complete()).isEqualTo(whole.complete());
    assertThat(split.malformed()).isEqualTo(whole.malformed());
    return whole;
  }

  private List<String> read(JsonShape.Builder shape, String document) {
    JsonScanner scanner = scan(shape, document);
    assertThat(scanner.complete()).isTrue();
    assertThat(scanner.malformed()).isFalse();
    return calls.lines();
  }

  private static JsonShape.Builder shape() {
    return JsonShape.builder();
  }

  private static JsonShape.Builder value() {
    return shape().value("a", A);
  }

  @Test
  void readsTheUsageOfAChatCompletionInTheOrderOfTheDocument() {
    JsonShape.Builder shape =
        shape()
            .value("model", 1)
            .value("usage.prompt_tokens", 2)
            .value("usage.prompt_tokens_details.cached_tokens", 3)
            .presence("usage", 4)
            .text("choices[].message.content", 5)
            .keys("metadata.*", 6);
    assertThat(
            read(
                shape,
                """
                {"id": "chatcmpl-1", "choices": [
                  {"index": 0, "message": {"role": "assistant", "content": "Hi \\"you\\"\\n"}},
                  {"index": 1, "message": {"role": "assistant", "content": null}}],
                 "model" : "gpt-5.5",
                 "usage": {"prompt_tokens": 81, "prompt_tokens_details": {"cached_tokens": 0}},
                 "metadata": {"feature": "support", "team": {"prompt_tokens": 1}}}
                """))
        .containsExactly(
            "5 text Hi \"you\"\n",
            "1 string gpt-5.5",
            "4 present",
            "2 number 81",
            "3 number 0",
            "6 key feature",
            "6 key team");
  }

  @Test
  void aNameMatchesOnlyAtItsOwnPath() {
    assertThat(
            read(
                shape().value("usage.input_tokens", A),
                "{\"input_tokens\":1,\"x\":{\"usage\":{\"input_tokens\":2}},\"usage\":[{\"input_tokens\":3}],"
                    + "\"usage\":{\"y\":{\"input_tokens\":4},\"input_tokens\":5}}"))
        .containsExactly("1 number 5");
  }

  @Test
  void aStringThatHoldsADocumentIsNotLookedInto() {
    assertThat(
            read(
                shape().value("usage.input_tokens", A).text("usage", B),
                "{\"usage\":\"{\\\"usage\\\":{\\\"input_tokens\\\":7}}\"}"))
        .containsExactly("2 text {\"usage\":{\"input_tokens\":7}}");
  }

  @Test
  void oneFieldMayBeStringNumberBooleanOrNull() {
    assertThat(
            read(
                shape().value("error.code", A),
                "{\"error\":{\"code\":\"quota\"},\"error\":{\"code\":429},\"error\":{\"code\":4.5},"
                    + "\"error\":{\"code\":true},\"error\":{\"code\":false},\"error\":{\"code\":null},"
                    + "\"error\":{\"code\":[1]},\"error\":{\"code\":{}},\"error\":null,\"error\":\"x\"}"))
        .containsExactly(
            "1 string quota",
            "1 number 429",
            "1 decimal 4.5",
            "1 bool true",
            "1 bool false",
            "1 null");
  }

  @Test
  void aNameThatOccursTwiceIsReportedTwice() {
    assertThat(read(value(), "{\"a\":1,\"a\":null,\"a\":2}"))
        .containsExactly("1 number 1", "1 null", "1 number 2");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "0, number 0",
        "-0, number 0",
        "9223372036854775807, number 9223372036854775807",
        "-9223372036854775808, number -9223372036854775808",
        "9223372036854775808, decimal 9223372036854775808",
        "-9223372036854775809, decimal -9223372036854775809",
        "99999999999999999999999, decimal 99999999999999999999999",
        "1.0, decimal 1.0",
        "-1.5e-3, decimal -1.5e-3",
        "1E+400, decimal 1E+400",
        "1e0, decimal 1e0",
      })
  void anIntegralNumberIsALongWhenItFits(String token, String expected) {
    assertThat(read(value(), "{\"a\":" + token + "}")).containsExactly("1 " + expected);
    assertThat(read(value(), "{\"a\": " + token + "\n}")).containsExactly("1 " + expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01", "-", "1.", ".5", "1e", "1e+", "+1", "1-2", "1.2.3", "--1", "0x1", "NaN", "1_000",
        "-01"
      })
  void aNumberThatIsNoneMakesTheDocumentMalformed(String token) {
    JsonScanner scanner = scan(value(), "{\"a\":" + token + ",\"a\":1}");
    assertThat(scanner.malformed()).isTrue();
    assertThat(scanner.complete()).isFalse();
    assertThat(calls.lines()).isEmpty();
  }

  @Test
  void escapesOfAValueAreUndone() {
    assertThat(
            read(
                value(),
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\"}"))
        .containsExactly("1 string \"\\/\b\f\n\r\tA\u00e9\u20ac\ud83d\ude00");
  }

  @Test
  void escapesOfTextAreUndone() {
    assertThat(
            read(shape().text("a", A), "{\"a\":\"x\\ud83d\\uDE00y\\u00e9\\n\u00fc\",\"a\":\"\"}"))
        .containsExactly("1 text x\ud83d\ude00y\u00e9\n\u00fc");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\\ud83d, \ufffd",
        "\\ude00, \ufffd",
        "\\ud83dx, \ufffdx",
        "\\ud83d\\n, `\ufffd\n`",
        "\\ud83d\\u0041, \ufffdA",
        "\\ud83d\\ud83d\\ude00, \ufffd\ud83d\ude00",
        "\\ude00\\ud83d, \ufffd\ufffd",
      })
  void halfASurrogatePairBecomesTheReplacementCharacter(String escaped, String expected) {
    assertThat(read(value().text("b", B), "{\"a\":\"" + escaped + "\",\"b\":\"" + escaped + "\"}"))
        .containsExactly("1 string " + expected, "2 text " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\x", "\\u12g4", "\\u-123", "\\U0041", "\\u 041", "\\'", "\\u00\u00e9"})
  void anEscapeThatIsNoneMakesTheDocumentMalformed(String escaped) {
    assertThat(scan(value(), "{\"a\":\"" + escaped + "\",\"a\":1}").malformed()).isTrue();
    assertThat(calls.lines()).isEmpty();
  }

  @Test
  void namesMayBeEscaped() {
    assertThat(
            read(
                shape().value("usage.input_tokens", A).keys("metadata.*", B),
                "{\"us\\u0061ge\":{\"\\u0069nput_token\\u0073\":3},\"metadata\":{\"t\\u00e9am\":1,\"\":2}}"))
        .containsExactly("1 number 3", "2 key t\u00e9am", "2 key ");
  }

  @Test
  void aStringOfMoreThanTheMostIsNotReportedInPart() {
    String longest = "x".repeat(JsonScanner.MAX_STRING);
    assertThat(read(value(), "{\"a\":\"" + longest + "\",\"a\":\"" + longest + "y\",\"a\":1}"))
        .containsExactly("1 string " + longest, "1 too long", "1 number 1");
  }

  @Test
  void anEscapedStringOfMoreThanTheMostIsNotReportedInPart() {
    String longest = "x".repeat(JsonScanner.MAX_STRING - 1);
    assertThat(
            read(
                value(), "{\"a\":\"\\n" + longest + "\",\"a\":\"\\u00e9" + longest + "\",\"a\":1}"))
        .containsExactly("1 string \n" + longest, "1 too long", "1 number 1");
  }

  @Test
  void aNumberOfMoreThanTheMostIsNotReported() {
    assertThat(read(value(), "{\"a\":" + "1".repeat(JsonScanner.MAX_STRING + 1) + ",\"a\":1}"))
        .containsExactly("1 too long", "1 number 1");
  }

  @Test
  void aNameOfMoreThanTheMostIsNotReported() {
    String name = "x".repeat(JsonScanner.MAX_STRING + 1);
    assertThat(read(shape().keys("*", A), "{\"" + name + "\":1,\"y\":2}"))
        .containsExactly("1 too long", "1 key y");
  }

  @Test
  void textHasNoLimit() {
    String text = "lorem \\n ipsum".repeat(10_000);
    assertThat(read(shape().text("a", A), "{\"a\":\"" + text + "\"}"))
        .containsExactly("1 text " + text.replace("\\n", "\n"));
  }

  @Test
  void textIsHandedOnWithoutBeingCopied() {
    byte[] document = "{\"a\":\"some words\"}".getBytes(UTF_8);
    byte[][] seen = new byte[1][];
    JsonHandler handler =
        new JsonHandler() {
          @Override
          public void text(int field, byte[] bytes, int offset, int length) {
            seen[0] = bytes;
          }
        };
    new JsonScanner(shape().text("a", A).build(), handler).accept(document, 0, document.length);
    assertThat(seen[0]).isSameAs(document);
  }

  @Test
  void presenceIsToldOfEveryTypeButNull() {
    assertThat(
            read(
                shape().presence("a", A),
                "{\"a\":1,\"a\":\"x\",\"a\":{},\"a\":[],\"a\":true,\"a\":false,\"a\":null}"))
        .hasSize(6)
        .containsOnly("1 present");
  }

  @Test
  void presenceComesBeforeTheValueAndTheCloseAfterIt() {
    assertThat(
            read(
                shape().presence("a", 1).value("a.b", 2).close("a", 3).keys("a.*", 4),
                "{\"a\":{\"b\":1},\"a\":[],\"a\":2}"))
        .containsExactly(
            "1 present", "4 key b", "2 number 1", "3 closed", "1 present", "3 closed", "1 present");
  }

  @Test
  void aCloseSetsTheElementsOfAnArrayApart() {
    assertThat(
            read(
                shape().value("d[].modality", 1).value("d[].tokenCount", 2).close("d[]", 3),
                "{\"d\":[{\"modality\":\"TEXT\",\"tokenCount\":6},{\"tokenCount\":7}]}"))
        .containsExactly("1 string TEXT", "2 number 6", "3 closed", "2 number 7", "3 closed");
  }

  @Test
  void oneShapeReadsAStringAndAnArrayOfPartsAtTheSamePlace() {
    JsonShape.Builder shape = shape().text("input", A).text("input[]", B).text("input[].text", 3);
    assertThat(read(shape, "{\"input\":\"x\",\"input\":[\"y\",{\"text\":\"z\"},1,[\"w\"]]}"))
        .containsExactly("1 text x", "2 text y", "3 text z");
  }

  @Test
  void arraysMayLieInArraysAndBeTheDocument() {
    assertThat(
            read(
                shape().value("[].a[][].b", A), "[{\"a\":[[{\"b\":1}],[]]},{\"a\":[{\"b\":2}]},3]"))
        .containsExactly("1 number 1");
  }

  @Test
  void aByteOrderMarkAndSpaceAreFine() {
    assertThat(read(value(), "\ufeff \r\n\t{ \"a\" \n:\t[ ] , \"a\" : 1 } \n"))
        .containsExactly("1 number 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-1.5", "\"x\"", "true", "null", "[]", "{}", " 1 ", "[1,2]", "\"\\\"\""})
  void anyValueMayBeTheDocument(String document) {
    assertThat(read(value(), document)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":}",
        "{\"a\":1]",
        "[}",
        "[1}",
        "{\"x\":{\"z\":[,1]}}",
        "]",
        "}",
        "{\"a\":tru}",
        "{\"a\":nulll}",
        "{\"a\":TRUE}",
        "{\"x\":[1}}",
        "{\"x\":{]}",
        "{\"x\":{\"y\":[}]}}",
        "\ufefe{}",
        "<html>",
        "data: {}",
        "{}{}",
        "{} x",
        "1 2",
        "{\"a\"}",
        "{'a':1}",
        "\u0000",
        "{\"a\":1 \"b\":2}"
      })
  void aBrokenDocumentIsMalformed(String document) {
    JsonScanner scanner = scan(shape().value("a", A).value("x.z[].z", 5), document);
    assertThat(scanner.malformed()).isTrue();
    scanner.accept("{\"a\":7}".getBytes(UTF_8), 0, 7);
    assertThat(calls.lines()).doesNotContain("1 number 7");
  }

  @Test
  void aDocumentMayBeCutAnywhere() {
    byte[] document = "{\"a\":1,\"x\":[{\"y\":\"\\u00e9\"}],\"a\":-20,\"a\":null}".getBytes(UTF_8);
    for (int length = 0; length < document.length; length++) {
      Calls seen = new Calls();
      JsonScanner scanner = new JsonScanner(value().build(), seen);
      scanner.accept(document, 0, length);
      scanner.end();
      assertThat(scanner.complete()).isFalse();
      assertThat(scanner.malformed()).isFalse();
      assertThat(seen.lines()).doesNotContain("1 number -2").hasSizeLessThan(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"x\":", "{\"x\":["})
  void aDepthBombIsMalformed(String opening) {
    String bomb = opening.repeat(JsonScanner.MAX_DEPTH + 1);
    assertThat(scan(value().value("[][][].a", B), bomb).malformed()).isTrue();
  }

  @Test
  void theDeepestDocumentIsRead() {
    int depth = JsonScanner.MAX_DEPTH - 1;
    String document = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"a\":1}";
    assertThat(read(value(), document)).containsExactly("1 number 1");
    assertThat(scan(value(), document.replace("[]", "[[]]")).malformed()).isTrue();
  }

  @Test
  void oneScannerReadsManyDocumentsAndForgetsABrokenOne() {
    JsonScanner scanner = new JsonScanner(value().build(), calls);
    for (String document :
        List.of("{\"a\":\"x\"}", "{\"a\":[", "{\"a\":01}", "{\"a\":\"\\ud83d", "{\"a\":\"x\"}")) {
      scanner.reset();
      scanner.accept(document.getBytes(UTF_8), 0, document.length());
    }
    assertThat(calls.lines()).containsExactly("1 string x", "1 string x");
    assertThat(scanner.complete()).isTrue();
  }

  @Test
  void manyDocumentsOfOneShapeAllocateNothing() {
    JsonShape shape = value().value("usage.input_tokens", 3).text("text", B).build();
    byte[] document =
        "{\"a\":\"gpt-5.5\",\"x\":[{\"y\":[1.5,2]}],\"usage\":{\"input_tokens\":12},\"text\":\"a\\n\\u00e9\"}"
            .getBytes(UTF_8);
    JsonScanner scanner = new JsonScanner(shape, new JsonHandler() {});
    scanMany(scanner, document, 100);
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    scanMany(scanner, document, 100_000);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    // One object for each document would be 1.6 MB; the interpreter's boxes do not reach that.
    assertThat(bytes).isLessThan(400_000);
  }

  private static void scanMany(JsonScanner scanner, byte[] document, int times) {
    for (int i = 0; i < times; i++) {
      scanner.reset();
      scanner.accept(document, 0, 40);
      scanner.accept(document, 40, document.length - 40);
    }
  }
}
