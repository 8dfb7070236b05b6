package io.costattr.advice.jdkhttp;

import io.costattr.core.exchange.Denial;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the provider's place, given to the application's own body handler: its subscriber
 * asks for the body as it asks for any, and gets it when it has asked.
 */
final class Answer<T> implements Runnable, Flow.Subscription {
  private final Denial denial;
  private final HttpRequest request;
  private final BodyHandler<T> handler;
  private final HttpClient.Version version;
  private final HttpHeaders headers;
  private final CompletableFuture<HttpResponse<T>> future = new CompletableFuture<>();

  // What follows is guarded by this.
  private @Nullable BodySubscriber<T> subscriber;
  private boolean wanted;
  private boolean over;

  private Answer(
      Denial denial, HttpRequest request, BodyHandler<T> handler, HttpClient.Version version) {
    this.denial = denial;
    this.request = request;
    this.handler = handler;
    this.version = version;
    this.headers = DeniedResponse.headers(denial, version);
  }

  /**
   * What the client returns in the place of a response.
   *
   * @param executor where an asynchronous call goes on; null for one that waits
   */
  static <T> CompletableFuture<HttpResponse<T>> of(
      Denial denial,
      HttpClient client,
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable Executor executor) {
    HttpClient.Version version =
        "https".equalsIgnoreCase(request.uri().getScheme())
            ? request.version().orElse(client.version())
            : HttpClient.Version.HTTP_1_1;
    Answer<T> answer = new Answer<>(denial, request, handler, version);
    if (executor == null) {
      answer.run();
      return answer.future;
    }
    try {
      executor.execute(answer);
    } catch (RejectedExecutionException shutDown) {
      answer.future.completeExceptionally(shutDown);
    }
    // What depends on it runs where it does for any response.
    return answer.future.isDone()
        ? answer.future
        : answer.future.whenCompleteAsync((response, failure) -> {}, ForkJoinPool.commonPool());
  }

  @Override
  public void run() {
    try {
      BodySubscriber<T> applied = Objects.requireNonNull(handler.apply(new Info()));
      CompletionStage<T> unused =
          applied
              .getBody()
              .whenComplete(
                  (body, failure) -> {
                    if (failure != null) {
                      future.completeExceptionally(failure);
                    } else {
                      future.complete(new DeniedResponse<>(request, headers, version, body));
                    }
                  });
      applied.onSubscribe(this);
      synchronized (this) {
        subscriber = applied;
      }
      give();
    } catch (Throwable thrown) {
      future.completeExceptionally(thrown);
    }
  }

  @Override
  public void request(long n) {
    synchronized (this) {
      wanted = true;
    }
    give();
  }

  @Override
  public synchronized void cancel() {
    over = true;
  }

  /** Gives the body once, when it is asked for and its subscriber is ready to take it. */
  private void give() {
    BodySubscriber<T> ready;
    synchronized (this) {
      ready = subscriber;
      if (ready == null || !wanted || over) {
        return;
      }
      over = true;
    }
    ready.onNext(List.of(ByteBuffer.wrap(denial.body()).asReadOnlyBuffer()));
    ready.onComplete();
  }

  private final class Info implements ResponseInfo {
    @Override
    public int statusCode() {
      return Denial.STATUS;
    }

    @Override
    public HttpHeaders headers() {
      return headers;
    }

    @Override
    public HttpClient.Version version() {
      return version;
    }
  }
}
