package io.costattr.advice.vertx;

import io.costattr.core.Log;
import io.costattr.core.attribution.Rejection;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Call;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has asked the client for a request, and gets it on another thread, when there is a
 * connection for it.
 */
final class Asked implements Handler<AsyncResult<HttpClientRequest>> {
  /** For example {@code vertx 4.5.36}; without version where its manifest is gone. */
  static final String CLIENT = client();

  /** Null when what is asked for is no model call. */
  private final @Nullable Call call;

  private final Address address;

  private Asked(@Nullable Call call, Address address) {
    this.call = call;
    this.address = address;
  }

  /**
   * Captures the context of this thread, for model calls and for the baggage of others; null when
   * neither is of interest.
   */
  static @Nullable Asked here(Address address) {
    Call call = null;
    if (Exchanges.wants(address.method(), address.host(), address.port(), address.path())) {
      Call current = Call.current();
      call = current == null ? Call.capture(CLIENT) : current;
    } else if (!OutgoingBaggage.isOn()) {
      return null;
    }
    Asked asked = new Asked(call, address);
    if (OutgoingBaggage.isOn()) {
      OutgoingBaggage.captureSending(asked);
    }
    return asked;
  }

  /** Whether the policy refuses that; null when it does not. */
  static @Nullable Throwable refused(Address address) {
    Rejection rejection =
        Exchanges.rejection(
            CLIENT, address.method(), address.host(), address.port(), address.path(), null);
    return rejection == null ? null : rejection.thrown();
  }

  @Override
  public void handle(AsyncResult<HttpClientRequest> got) {
    try {
      HttpClientRequest request = got.result();
      Throwable failure = got.cause();
      if (request != null) {
        if (call != null) {
          call.carryWith(request);
        }
        if (OutgoingBaggage.isOn()) {
          OutgoingBaggage.carry(OutgoingBaggage.carriedBy(this), request);
        }
      } else if (failure != null && call != null) {
        failed(call, failure);
      }
    } catch (Throwable fault) {
      Log.fault("asking for a request of Vert.x", fault);
    }
  }

  private void failed(Call made, Throwable failure) {
    made.carryWith(this);
    Exchange exchange =
        Exchanges.open(
            CLIENT, address.method(), address.host(), address.port(), address.path(), this);
    if (exchange != null) {
      exchange.failed(failure);
    }
  }

  /** This, and then the application's. */
  Handler<AsyncResult<HttpClientRequest>> before(Handler<AsyncResult<HttpClientRequest>> handler) {
    return got -> {
      handle(got);
      handler.handle(got);
    };
  }

  private static String client() {
    Package library = HttpClient.class.getPackage();
    String version = library == null ? null : library.getImplementationVersion();
    return version == null ? "vertx" : "vertx " + version;
  }
}
