package io.costattr.advice.jetty;

import io.costattr.core.Log;
import io.costattr.core.exchange.Exchange;
import org.eclipse.jetty.http.HttpFields;

/** The head of a response. */
final class Head {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int OK = 200;

  private Head() {}

  /** It has come; the client tells of interim ones in the same way. */
  static void tell(Exchange exchange, Object response) {
    try {
      int status = Messages.status(response);
      if (status == SWITCHING_PROTOCOLS) {
        // To HTTP/2, over which the request is sent again, or to something that is no HTTP.
        exchange.withdrawn();
      } else if (status >= OK && !exchange.isAnswered()) {
        HttpFields headers = Messages.responseHeaders(response);
        exchange.response(status, headers::get);
      }
    } catch (Throwable fault) {
      Log.fault("reading a response of Jetty's client", fault);
      exchange.unreadable();
    }
  }
}
