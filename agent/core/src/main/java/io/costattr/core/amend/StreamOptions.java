package io.costattr.core.amend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.costattr.core.scan.JsonHandler;
import io.costattr.core.scan.JsonScanner;
import io.costattr.core.scan.JsonShape;
import org.jspecify.annotations.Nullable;

/** Adds {@code stream_options.include_usage} to a request that asks for a stream. */
public final class StreamOptions {
  private static final byte[] ADDED =
      ",\"stream_options\":{\"include_usage\":true}".getBytes(US_ASCII);

  private static final int STREAM = 0;
  private static final int NAMES = 1;

  private static final JsonShape SHAPE =
      JsonShape.builder().value("stream", STREAM).keys("*", NAMES).build();

  private StreamOptions() {}

  /**
   * The request with the option.
   *
   * @param request a JSON document
   * @return another array; null when the request asks for no stream, says anything about its
   *     options already, or is not one whole document
   */
  public static byte @Nullable [] add(byte[] request) {
    int end = request.length - 1;
    while (end >= 0 && isSpace(request[end])) {
      end--;
    }
    if (end < 0 || request[end] != '}') {
      return null;
    }
    Said said = new Said();
    JsonScanner scanner = new JsonScanner(SHAPE, said);
    scanner.accept(request, 0, end);
    boolean tooEarly = scanner.complete();
    scanner.accept(request, end, 1);
    if (tooEarly || !scanner.complete() || !said.stream || said.options) {
      return null;
    }
    byte[] added = new byte[request.length + ADDED.length];
    System.arraycopy(request, 0, added, 0, end);
    System.arraycopy(ADDED, 0, added, end, ADDED.length);
    System.arraycopy(request, end, added, end + ADDED.length, request.length - end);
    return added;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static final class Said implements JsonHandler {
    private boolean stream;
    private boolean options;

    @Override
    public void bool(int field, boolean value) {
      stream = value;
    }

    @Override
    public void key(int field, String name) {
      options |= name.equals("stream_options");
    }
  }
}
