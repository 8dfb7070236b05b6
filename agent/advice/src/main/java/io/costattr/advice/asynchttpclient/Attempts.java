package io.costattr.advice.asynchttpclient;

import io.costattr.core.Log;
import io.costattr.core.attribution.Rejection;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Call;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.util.Properties;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.asynchttpclient.Request;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.uri.Uri;
import org.jspecify.annotations.Nullable;

/** Opens the exchanges of a future, one after the other. */
final class Attempts {
  static final String NAME = "async-http-client";
  private static final String VERSION =
      "/META-INF/maven/org.asynchttpclient/async-http-client/pom.properties";

  /** For example {@code async-http-client 2.12.4}; without version where its resource is gone. */
  private static final String CLIENT = client();

  private static final int OK = 200;

  private Attempts() {}

  /**
   * A request is on its way.
   *
   * @param future the library's, which all attempts of a call share
   * @param first whether this is the thread that makes the call
   */
  static void begin(NettyResponseFuture<?> future, Request request, boolean first) {
    Uri uri = request.getUri();
    if (OutgoingBaggage.isOn()) {
      OutgoingBaggage.attempt(first, uri.getHost(), uri.getExplicitPort(), future);
    }
    // A web socket is no attempt.
    Exchange exchange =
        uri.isWebSocket()
            ? null
            : Exchanges.open(
                CLIENT,
                request.getMethod(),
                uri.getHost(),
                uri.getExplicitPort(),
                path(uri),
                future);
    if (exchange == null) {
      // What this future asked before is none of this request's.
      Exchange.forget(future);
      return;
    }
    Call current = Call.current();
    if (current != null && Call.carriedBy(future) == null) {
      current.carryWith(future);
    }
    exchange.carryWith(future);
    exchange.watch(future);
  }

  /** Whether the policy refuses that call; null when it does not. */
  static @Nullable Rejection rejection(Request request) {
    Uri uri = request.getUri();
    return uri.isWebSocket()
        ? null
        : Exchanges.rejection(
            CLIENT, request.getMethod(), uri.getHost(), uri.getExplicitPort(), path(uri), null);
  }

  private static String path(Uri uri) {
    String path = uri.getPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /**
   * The future's next request takes the place of that one, if it was sent; what prepared the way,
   * as a request to a proxy for a tunnel, does not end an attempt.
   */
  static void end(NettyResponseFuture<?> future, Object sent) {
    Exchange exchange = Exchange.carriedBy(sent);
    if (exchange == null || exchange != Exchange.carriedBy(future)) {
      return;
    }
    if (exchange.isAnswered()) {
      // The client itself has taken the answer, and reads no further.
      exchange.abandoned();
    } else {
      Throwable pending = future.pendingException;
      exchange.failed(pending == null ? new ClosedChannelException() : pending);
    }
  }

  /** The exchange of the request that the future has sent, or null. */
  static @Nullable Exchange sent(@Nullable NettyResponseFuture<?> future) {
    Object request = future == null ? null : future.getNettyRequest();
    return request == null ? null : Exchange.carriedBy(request);
  }

  /** The head of a response has come, unless it is one that only goes before it. */
  static void answered(
      Exchange exchange, int status, Exchange.Headers headers, AsyncHttpClientConfig config) {
    if (exchange.isAnswered() || status < OK) {
      return;
    }
    // Then the head still says how the body was compressed.
    boolean kept = config.isKeepEncodingHeader();
    exchange.response(
        status, name -> kept && name.equals("content-encoding") ? null : headers.first(name));
  }

  /** Neither its manifest nor, from 3.0 on, its own resource says the version; Maven's does. */
  private static String client() {
    try (InputStream in = AsyncHttpClient.class.getResourceAsStream(VERSION)) {
      if (in != null) {
        Properties properties = new Properties();
        properties.load(in);
        return NAME + " " + properties.getProperty("version");
      }
    } catch (IOException unreadable) {
      Log.debug("the version of " + NAME + " is not known: " + unreadable);
    }
    return NAME;
  }
}
