package io.costattr.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request as it arrived: transfer coding removed, content coding left as it was.
 *
 * @param method as sent, for example {@code POST}
 * @param target the request target as sent: path and query
 * @param headers in the order of arrival, names as sent; trailers of a chunked body at the end
 * @param body empty when there was none; not to be modified
 */
public record WireRequest(String method, String target, List<Header> headers, byte[] body) {

  /** A header field; the value without surrounding white space. */
  public record Header(String name, String value) {}

  /** The target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The first value of a header, whatever the case of its name; null when absent. */
  public @Nullable String header(String name) {
    for (Header header : headers) {
      if (header.name.equalsIgnoreCase(name)) {
        return header.value;
      }
    }
    return null;
  }

  /** All values of a header in their order, whatever the case of its name; empty when absent. */
  public List<String> headerValues(String name) {
    return headers.stream().filter(h -> h.name.equalsIgnoreCase(name)).map(Header::value).toList();
  }

  /** The body read as UTF-8. */
  public String text() {
    return new String(body, UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + target + " (" + body.length + " bytes)";
  }
}
