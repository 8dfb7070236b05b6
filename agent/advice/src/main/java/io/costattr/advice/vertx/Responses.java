package io.costattr.advice.vertx;

import io.costattr.core.exchange.Exchange;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/** Which exchange a response belongs to: it travels with the request, which a response knows. */
final class Responses {
  private Responses() {}

  /** Null when it is no model call's. Of a denial it is over, and its body is not observed. */
  static @Nullable Exchange exchange(Object response) {
    return response instanceof HttpClientResponse known
        ? Exchange.carriedBy(known.request())
        : null;
  }
}
