package io.costattr.core.exchange;

import io.costattr.core.exchange.Exchange.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a hook can show of a request before anything of it is sent. A body is shown only when it
 * lies in memory, in an object of a kind that is known to give the same bytes as often as it is
 * asked, so that neither the application nor its server can tell that it was read.
 */
public final class Preview {
  private final Headers headers;
  private final long length;
  private final @Nullable Body body;

  /** The body of a request, which can be read again. */
  @FunctionalInterface
  public interface Body {
    /** Shows all of it; what it throws counts as if it could not be read. */
    void show(ObservedBody reader) throws Exception;
  }

  private Preview(Headers headers, long length, @Nullable Body body) {
    this.headers = headers;
    this.length = length;
    this.body = body;
  }

  /**
   * Of a request whose body must not be touched, or that has none.
   *
   * @param headers looks up a header of the request
   * @param length of the body in bytes, negative when that is not known
   */
  public static Preview ofHead(Headers headers, long length) {
    return new Preview(headers, length, null);
  }

  /**
   * Of a request whose body can be read again.
   *
   * @param body null when it cannot
   */
  public static Preview of(Headers headers, long length, @Nullable Body body) {
    return new Preview(headers, length, body);
  }

  Headers headers() {
    return headers;
  }

  long length() {
    return length;
  }

  @Nullable Body body() {
    return body;
  }
}
