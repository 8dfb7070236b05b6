package io.costattr.it.budget;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A socket of the JDK's that the server closes while its listener is busy with what a budget has
 * refused, and more of that waits. Prints what the listener was told at the end.
 */
public final class ClosedSocket {
  private static final String ASK = "{\"type\":\"response.create\"}";

  private ClosedSocket() {}

  /** The URL of a server that closes when it is told to. */
  public static void main(String[] arguments) throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicInteger refusals = new AtomicInteger();
    AtomicReference<WebSocket> opened = new AtomicReference<>();
    CountDownLatch brought = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            refusals.incrementAndGet();
            socket.request(1);
            busy.countDown();
            try {
              released.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return null;
          }

          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.countDown();
            return null;
          }
        };
    WebSocket socket =
        HttpClient.newBuilder()
            .executor(
                task ->
                    pool.execute(
                        () -> {
                          task.run();
                          WebSocket known = opened.get();
                          if (known != null && known.isInputClosed()) {
                            brought.countDown();
                          }
                        }))
            .build()
            .newWebSocketBuilder()
            .buildAsync(URI.create(arguments[0]), listener)
            .get(30, TimeUnit.SECONDS);
    opened.set(socket);
    Attribution payer = Attribution.builder().feature("sockets").customerId("closed").build();
    try (Scope scope = AttributionContext.with(payer)) {
      // The first one is allowed.
      for (int i = 0; i < 3; i++) {
        socket.sendText(ASK, true).get(30, TimeUnit.SECONDS);
      }
    }
    busy.await();
    socket.sendText("{\"type\":\"close\"}", true).get(30, TimeUnit.SECONDS);
    // The JDK has called the listener to its end, which waits.
    brought.await();
    released.countDown();
    System.out.println(closed.await(20, TimeUnit.SECONDS) + " " + refusals);
    System.exit(0);
  }
}
