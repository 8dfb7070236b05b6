package io.costattr.loopback;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was read from the wire. The body is without its transfer encoding and otherwise
 * untouched; do not change its bytes.
 *
 * @param target what the request line names, query included
 * @param connection the number of the connection that carried it, from 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record WireRequest(
    String method,
    String target,
    String version,
    List<WireHeader> headers,
    byte[] body,
    int connection) {

  /** The target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The first header of that name in any spelling, or null. */
  public @Nullable String header(String name) {
    for (WireHeader header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  boolean keepsAlive() {
    String connection = header("connection");
    return version.equals("HTTP/1.1")
        ? connection == null || !connection.equalsIgnoreCase("close")
        : connection != null && connection.equalsIgnoreCase("keep-alive");
  }
}
