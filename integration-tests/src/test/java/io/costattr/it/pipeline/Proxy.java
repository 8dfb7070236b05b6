package io.costattr.it.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between agents and a collector, and makes trouble for the first requests of each signal.
 */
final class Proxy implements AutoCloseable {
  /** What becomes of a request. */
  enum Trouble {
    /** Too much: later. */
    TOO_MANY,
    /** Not available. */
    UNAVAILABLE,
    /** Handed on, and answered late. */
    SLOW,
    /** Handed on twice. */
    TWICE,
    /** Handed on, but the answer is lost, so that who sent it cannot know. */
    ANSWER_LOST
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int TROUBLED = 3;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String collector;
  private final Trouble trouble;
  private final AtomicInteger troubled = new AtomicInteger();

  Proxy(int collectorPort, Trouble trouble) throws IOException {
    this.collector = "http://127.0.0.1:" + collectorPort;
    this.trouble = trouble;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many requests met trouble. */
  int troubled() {
    return troubled.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean first =
        exchange.getRequestURI().getPath().endsWith("/logs")
            && troubled.getAndUpdate(n -> Math.min(n + 1, TROUBLED)) < TROUBLED;
    try {
      if (!first) {
        answer(exchange, forward(exchange, body));
        return;
      }
      switch (trouble) {
        case TOO_MANY -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          exchange.sendResponseHeaders(429, -1);
        }
        case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
        case SLOW -> {
          HttpResponse<byte[]> answer = forward(exchange, body);
          Thread.sleep(2000);
          answer(exchange, answer);
        }
        case TWICE -> {
          forward(exchange, body);
          answer(exchange, forward(exchange, body));
        }
        case ANSWER_LOST -> forward(exchange, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(collector + exchange.getRequestURI().getPath()))
            .POST(BodyPublishers.ofByteArray(body));
    for (String header : new String[] {"Content-Type", "Content-Encoding", "Authorization"}) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    answer
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
