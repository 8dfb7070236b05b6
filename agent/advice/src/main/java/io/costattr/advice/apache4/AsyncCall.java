package io.costattr.advice.apache4;

import io.costattr.core.Log;
import io.costattr.core.attribution.Rejection;
import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.CancellationException;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.nio.client.HttpAsyncClient;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an asynchronous client with all its attempts, one after the other. The first
 * begins on the thread that makes the call; the rest happens on the client's own.
 */
final class AsyncCall {
  /** For example {@code apache-httpasyncclient 4.1.5}. */
  private static final String CLIENT =
      Apache4.client("apache-httpasyncclient", "org.apache.http.nio.client", HttpAsyncClient.class);

  private volatile @Nullable HttpHost target;
  private volatile @Nullable Exchange exchange;
  private volatile @Nullable String encoding;
  private volatile @Nullable Rejection rejection;
  private volatile @Nullable Denial denial;

  /** Whether the attempt has begun and its request was not asked for by a connection yet. */
  private volatile boolean fresh;

  /** Whether a proxy is being asked for a tunnel, which is no attempt. */
  private volatile boolean tunnelling;

  /** In the head of the request that is being sent. */
  private volatile @Nullable AddedBaggage baggage;

  private volatile @Nullable ObservedBody request;
  private volatile @Nullable ObservedBody response;

  /** On the thread that makes the call. */
  AsyncCall() {
    if (OutgoingBaggage.isOn()) {
      OutgoingBaggage.capture(this);
    }
  }

  /** Where the application wants its request to go. */
  void target(@Nullable HttpHost host) {
    target = host;
  }

  /** The application's request, before there is a connection for it. */
  void begins(@Nullable HttpRequest first) {
    if (first == null) {
      return;
    }
    Rejection refused = Apache4.rejection(CLIENT, target, first);
    if (refused != null) {
      rejection = refused;
      return;
    }
    open(first);
    fresh = true;
    Exchange opened = exchange;
    if (opened != null && opened.objection(Bodies.preview(first)) instanceof Denial answer) {
      denial = answer;
    }
  }

  /** Why the call may not go on, once; else null. */
  @Nullable Rejection takeRejection() {
    Rejection refused = rejection;
    rejection = null;
    return refused;
  }

  /** The answer in the provider's place, once; else null. */
  @Nullable Denial takeDenial() {
    Denial answer = denial;
    denial = null;
    return answer;
  }

  /** What a connection is given to send: the application's request, or what follows an answer. */
  void sends(HttpRequest next) {
    tunnelling = next.getRequestLine().getMethod().equalsIgnoreCase("CONNECT");
    if (tunnelling) {
      return;
    }
    if (fresh) {
      fresh = false;
      return;
    }
    Exchange before = exchange;
    if (before != null) {
      if (before.isAnswered()) {
        before.abandoned();
      } else {
        before.failed(new SocketException());
      }
    }
    HttpHost elsewhere = elsewhere(next);
    if (elsewhere != null) {
      target = elsewhere;
    }
    open(next);
  }

  /** Adds who pays to what {@link #sends} was told of, where that goes to a host that may know. */
  void addBaggage(HttpRequest next) {
    removeBaggage();
    HttpHost host = target;
    if (tunnelling || host == null || !OutgoingBaggage.isOn()) {
      return;
    }
    Addition outer = OutgoingBaggage.enter(this);
    try {
      baggage =
          AddedBaggage.put(next, OutgoingBaggage.sending(host.getHostName(), Apache4.port(host)));
    } finally {
      OutgoingBaggage.leave(outer);
    }
  }

  private void removeBaggage() {
    AddedBaggage added = baggage;
    baggage = null;
    if (added != null) {
      added.undo();
    }
  }

  private void open(HttpRequest next) {
    request = null;
    response = null;
    try {
      Exchange opened = Apache4.open(CLIENT, target, next, this);
      exchange = opened;
      if (opened != null) {
        encoding = Apache4.encoding(next);
        opened.watch(this);
      }
    } catch (Throwable fault) {
      exchange = null;
      Log.fault("reading a request of Apache HttpAsyncClient", fault);
    }
  }

  /** Where a redirect leads. */
  private static @Nullable HttpHost elsewhere(HttpRequest next) {
    URI uri =
        next instanceof HttpRequestWrapper wrapper
                && wrapper.getOriginal() instanceof HttpUriRequest original
            ? original.getURI()
            : null;
    return uri == null || uri.getHost() == null
        ? null
        : new HttpHost(uri.getHost(), uri.getPort(), uri.getScheme());
  }

  /** What the request's body is to be shown to, or null. */
  @Nullable ObservedBody request() {
    Exchange current = exchange;
    if (request == null && current != null) {
      request = current.requestBody(encoding);
    }
    return request;
  }

  /** The head has been written, and the body. */
  void requestCompleted() {
    removeBaggage();
    ObservedBody body = request;
    if (body != null) {
      body.ended();
    }
  }

  /** The head of a response, whether the application will see it or not. */
  void receives(HttpResponse head) {
    Exchange current = exchange;
    if (current == null || tunnelling || current.isAnswered() || current.isOver()) {
      return;
    }
    try {
      response = current.response(head.getStatusLine().getStatusCode(), Apache4.headers(head));
    } catch (Throwable fault) {
      Log.fault("reading a response of Apache HttpAsyncClient", fault);
      current.unreadable();
    }
  }

  /** What the response's body is to be shown to, or null. */
  @Nullable ObservedBody response() {
    return response;
  }

  void completed() {
    Exchange current = exchange;
    if (current != null) {
      if (tunnelling) {
        current.failed(new HttpException());
      } else {
        current.completed();
      }
    }
  }

  void failed(Exception cause) {
    Exchange current = exchange;
    if (current != null) {
      current.failed(cause);
    }
  }

  void cancelled() {
    Exchange current = exchange;
    if (current != null) {
      current.cancelled(new CancellationException(), 0);
    }
  }

  /** Comes behind every other end; where none came, the application or its client gave it up. */
  void closed() {
    Exchange current = exchange;
    if (current != null && current.isAnswered()) {
      current.abandoned();
    } else {
      cancelled();
    }
  }
}
