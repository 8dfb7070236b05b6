package io.costattr.advice.apache5;

import io.costattr.core.Log;
import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.AnswerThreads;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Both sides of a message exchange; its request comes first, and says whether it is ours. */
final class ObservedExchangeHandler implements AsyncClientExchangeHandler {
  private final AsyncClientExchangeHandler handler;
  private volatile @Nullable Exchange exchange;
  private volatile @Nullable ObservedBody requestBody;
  private volatile @Nullable ObservedBody responseBody;

  ObservedExchangeHandler(AsyncClientExchangeHandler handler) {
    this.handler = handler;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    handler.produceRequest(
        (request, entity, own) -> {
          HttpHost target = target(request);
          refuse(target, request);
          Denial denial = target == null ? null : open(target, request, entity);
          if (denial == null) {
            channel.sendRequest(request, entity, own);
          } else {
            AnswerThreads.run(new AsyncAnswer(denial, handler, own, false));
          }
        },
        context);
  }

  private static @Nullable HttpHost target(HttpRequest request) {
    return request.getAuthority() == null
        ? null
        : new HttpHost(request.getScheme(), request.getAuthority());
  }

  /** What is thrown here the client takes for a failure of the exchange. */
  private static void refuse(@Nullable HttpHost target, HttpRequest request) throws IOException {
    Rejection rejection = Apache5.rejection(target, request, null);
    if (rejection != null) {
      RuntimeException sdk = rejection.sdk();
      if (sdk != null) {
        throw sdk;
      }
      throw new IOException(rejection.message(), rejection.exception());
    }
  }

  /** The answer in the provider's place, or null. */
  private @Nullable Denial open(
      HttpHost target, HttpRequest request, @Nullable EntityDetails entity) {
    try {
      Exchange opened = Apache5.open(target, request, null);
      if (opened == null) {
        return null;
      }
      if (opened.objection(Bodies.preview(request, entity, handler)) instanceof Denial denial) {
        return denial;
      }
      exchange = opened;
      if (entity != null) {
        requestBody = opened.requestBody(Apache5.encoding(request, entity));
      }
    } catch (Throwable fault) {
      Log.fault("reading a request of Apache HttpClient 5", fault);
    }
    return null;
  }

  @Override
  public int available() {
    return handler.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    ObservedBody body = requestBody;
    handler.produce(body == null ? channel : new ObservedChannel(channel, body));
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    handler.consumeInformation(response, context);
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    Exchange current = exchange;
    if (current != null) {
      try {
        responseBody = current.response(response.getCode(), Apache5.headers(response));
      } catch (Throwable fault) {
        Log.fault("reading a response of Apache HttpClient 5", fault);
        current.unreadable();
      }
      if (entity == null) {
        current.completed();
      }
    }
    handler.consumeResponse(response, entity, context);
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    handler.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer buffer) throws IOException {
    ObservedBody body = responseBody;
    if (body != null) {
      body.accept(buffer);
    }
    handler.consume(buffer);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    Exchange current = exchange;
    if (current != null) {
      current.completed();
    }
    handler.streamEnd(trailers);
  }

  @Override
  public void cancel() {
    cancelled();
    handler.cancel();
  }

  /** The application wants no more of it. */
  void cancelled() {
    Exchange current = exchange;
    if (current != null) {
      current.cancelled(new CancellationException(), 0);
    }
  }

  @Override
  public void failed(Exception cause) {
    Exchange current = exchange;
    if (current != null) {
      current.failed(cause);
    }
    handler.failed(cause);
  }

  /** Comes behind every other end; where none came, the connection was given up. */
  @Override
  public void releaseResources() {
    cancelled();
    handler.releaseResources();
  }
}
