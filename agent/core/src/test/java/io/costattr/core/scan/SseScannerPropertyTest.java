package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SseScannerPropertyTest {
  private static final String[] LINES = {
    "",
    "",
    "",
    "data: x",
    "data:y",
    "data",
    "data: {\"a\":1}",
    "event: e",
    "event",
    "event:\u00e9",
    ": c",
    ":",
    "id: 1",
    "dat",
    "datax: 1",
    " data: 1",
    "data : 1",
    "data: \u20ac\"\\",
    "\u00e9: 2"
  };
  private static final String[] ENDS = {"\n", "\n", "\r\n", "\r"};

  @Property(tries = 2_000)
  void aStreamIsReadByTheGrammar(@ForAll long seed) {
    String stream = stream(new Random(seed));
    Calls expected = new Calls();
    readByTheGrammar(stream, expected);
    Calls calls = new Calls();

    Pieces.whole(new SseScanner(calls), stream.getBytes(UTF_8));

    assertThat(calls.lines()).isEqualTo(expected.lines());
  }

  @Property(tries = 2_000)
  void aStreamInPiecesIsReadAsTheWhole(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] stream = RandomJson.mutated(stream(random).getBytes(UTF_8), random);
    Calls whole = new Calls();
    Pieces.whole(new SseScanner(whole), stream);
    Calls pieces = new Calls();

    Pieces.random(new SseScanner(pieces), stream, random);

    assertThat(pieces.lines()).isEqualTo(whole.lines());
  }

  private static String stream(Random random) {
    StringBuilder stream = new StringBuilder(random.nextInt(8) == 0 ? "\ufeff" : "");
    for (int lines = random.nextInt(20); lines > 0; lines--) {
      stream.append(LINES[random.nextInt(LINES.length)]);
      stream.append(lines == 1 && random.nextBoolean() ? "" : ENDS[random.nextInt(ENDS.length)]);
    }
    return stream.toString();
  }

  /** The standard's own steps, with the whole stream in memory. */
  private static void readByTheGrammar(String stream, SseHandler handler) {
    String text = stream.startsWith("\ufeff") ? stream.substring(1) : stream;
    String[] lines = text.split("\r\n|\n|\r", -1);
    String name = null;
    StringBuilder data = null;
    String nameAtData = null;
    // The last line has no end: it is no line yet, but its data have been seen.
    for (int i = 0; i < lines.length; i++) {
      boolean cut = i == lines.length - 1;
      String line = lines[i];
      if (line.isEmpty() && !cut) {
        if (data != null) {
          tell(handler, nameAtData, data);
          handler.dispatch();
        }
        name = null;
        data = null;
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (cut && colon < 0) {
        continue;
      }
      if (field.equals("data")) {
        if (data == null) {
          data = new StringBuilder();
          nameAtData = name;
        } else {
          data.append('\n');
        }
        data.append(value);
      } else if (field.equals("event")) {
        name = value.isEmpty() ? null : value;
      }
    }
    if (data != null) {
      tell(handler, nameAtData, data);
      handler.incomplete();
    }
  }

  private static void tell(SseHandler handler, String name, StringBuilder data) {
    handler.event(name);
    byte[] bytes = data.toString().getBytes(UTF_8);
    handler.data(bytes, 0, bytes.length);
  }
}
