package io.costattr.advice.reactornetty;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Call;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.Target;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/** Opens the exchanges of a handler, one after the other. */
final class Attempts {
  /** For example {@code reactor-netty 1.2.18}; without version where its manifest is gone. */
  private static final String CLIENT = client();

  private Attempts() {}

  /**
   * A request is on its way.
   *
   * @param handler of the library's, which all attempts of a subscription share
   * @param method as the library has it
   * @param uri where to, which says so as text
   * @param first whether this is the thread that makes the call
   */
  static void begin(Object handler, @Nullable Object method, @Nullable Object uri, boolean first) {
    Target target = uri == null ? null : Target.of(uri.toString());
    if (target == null || !(method instanceof HttpMethod verb)) {
      return;
    }
    if (OutgoingBaggage.isOn()) {
      OutgoingBaggage.attempt(first, target.host(), target.port(), handler);
    }
    begin(handler, verb.name(), target.host(), target.port(), target.path());
  }

  private static void begin(Object handler, String method, String host, int port, String path) {
    Rejection rejection = Exchanges.rejection(CLIENT, method, host, port, path, handler);
    if (rejection != null) {
      // See AddressAdvice.
      Exchanges.carry(rejection, handler);
      return;
    }
    Exchange exchange = Exchanges.open(CLIENT, method, host, port, path, handler);
    if (exchange == null) {
      // What this handler asked before is none of this request's.
      Exchange.forget(handler);
      return;
    }
    Call current = Call.current();
    if (current != null && Call.carriedBy(handler) == null) {
      current.carryWith(handler);
    }
    exchange.carryWith(handler);
    // Nobody is told of a subscription that is cancelled before there is a connection.
    exchange.watch(handler);
  }

  private static String client() {
    Package library = HttpClient.class.getPackage();
    String version = library == null ? null : library.getImplementationVersion();
    return version == null ? "reactor-netty" : "reactor-netty " + version;
  }
}
