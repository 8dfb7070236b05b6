package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.amend.CheaperRequest;
import io.costattr.core.exchange.Exchange.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants changed of a request before it is sent: that it is cheaper, because of a
 * budget; that it asks for usage, see {@link StreamUsage}. Thread-safe; no method throws.
 */
public final class Amendment {
  /** A request that is longer is sent as it is. */
  static final long MOST = 16 << 20;

  private Amendment() {}

  /**
   * Whether {@link #of} is to be asked about the request's body, which must be one that can be read
   * twice.
   *
   * @param length of the body in bytes, negative when that is not known
   * @param request looks up a header of the request
   */
  public static boolean isWanted(Exchange exchange, long length, Headers request) {
    return StreamUsage.wants(exchange, length, request)
        || (exchange.admission().isToBeCheaper()
            && length > 0
            && length <= MOST
            && !StreamUsage.isFixed(request));
  }

  /**
   * The body to be sent in place of the application's; null when that is to be sent as it is.
   *
   * @param request looks up a header of the request
   */
  public static byte @Nullable [] of(Exchange exchange, byte[] body, Headers request) {
    byte[] cheaper = cheaper(exchange, body);
    byte[] sent = cheaper == null ? body : cheaper;
    byte[] asking =
        StreamUsage.wants(exchange, sent.length, request)
            ? StreamUsage.added(exchange, sent)
            : null;
    return asking == null ? cheaper : asking;
  }

  private static byte @Nullable [] cheaper(Exchange exchange, byte[] body) {
    try {
      CheaperRequest.Wish wish = exchange.admission().wish();
      CheaperRequest cheaper = wish == null ? null : CheaperRequest.of(body, wish);
      if (cheaper == null) {
        return null;
      }
      exchange.admission().cheaper(cheaper.changes());
      return cheaper.body();
    } catch (Throwable fault) {
      Log.fault("making a request cheaper", fault);
      return null;
    }
  }
}
