package io.costattr.core.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import io.costattr.core.dialect.Routes;
import io.costattr.core.scan.JsonScanner;
import java.util.Arrays;
import java.util.Map;

/**
 * Has the JVM compile the scanner before the first call: a first request of 20 MB would take five
 * times as long as the second, on the application's thread.
 */
public final class Rehearsal {
  /** After that many documents the optimizing compiler has seen enough, on JDK 17 and 25. */
  private static final int DOCUMENTS = 128;

  private static final int PIECE = 8 * 1024;
  private static final int PICTURE = 4 * PIECE;

  private Rehearsal() {}

  /** Scans invented requests for some tens of milliseconds of this thread's time. */
  public static void run() {
    Route route = new Routes(Map.of()).find("POST", "localhost", 80, "/v1/chat/completions");
    if (route == null) {
      return;
    }
    byte[] document = document();
    for (int i = 0; i < DOCUMENTS; i++) {
      Reading reading = new Reading();
      JsonScanner scanner = new JsonScanner(route.dialect().requestShape(), reading);
      for (int at = 0; at < document.length; at += PIECE) {
        scanner.accept(document, at, Math.min(PIECE, document.length - at));
      }
      reading.text().release();
    }
  }

  private static byte[] document() {
    byte[] start =
        ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"What is in this picture?\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,")
            .getBytes(US_ASCII);
    byte[] end = "\"}}]}],\"stream\":true}".getBytes(US_ASCII);
    byte[] document = Arrays.copyOf(start, start.length + PICTURE + end.length);
    Arrays.fill(document, start.length, start.length + PICTURE, (byte) 'A');
    System.arraycopy(end, 0, document, start.length + PICTURE, end.length);
    return document;
  }
}
