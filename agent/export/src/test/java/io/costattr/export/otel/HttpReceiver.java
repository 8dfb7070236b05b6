package io.costattr.export.otel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector that speaks OTLP/HTTP on loopback, as well or as badly as it is told. */
public final class HttpReceiver implements AutoCloseable {

  /** What a receiver does with a request. */
  interface Answer {
    void to(HttpExchange exchange) throws Exception;
  }

  static final Answer OK = accepting(new byte[0]);

  /** Keeps the connection open and says nothing. */
  static final Answer NOTHING =
      exchange -> {
        throw new Silence();
      };

  private final Received received;
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Answer answer = OK;
  private volatile byte[] acceptance = {};
  private volatile int most = Integer.MAX_VALUE;

  public HttpReceiver() throws IOException {
    this(0);
  }

  HttpReceiver(int port) throws IOException {
    this(port, new Received());
  }

  /** One that puts what it gets to what others got. */
  HttpReceiver(int port, Received received) throws IOException {
    this(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0),
        received);
  }

  /** One that speaks TLS and shows that certificate. */
  HttpReceiver(Identity identity) throws IOException {
    this(identity.server(), new Received());
  }

  private HttpReceiver(HttpServer server, Received received) {
    this.server = server;
    this.received = received;
    server.setExecutor(threads);
    server.createContext("/v1/", this::handle);
    server.start();
  }

  private static Answer accepting(byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    };
  }

  static Answer status(int status, String... headersAndValues) {
    return exchange -> {
      for (int i = 0; i < headersAndValues.length; i += 2) {
        exchange.getResponseHeaders().add(headersAndValues[i], headersAndValues[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  void answers(Answer answer) {
    this.answer = answer;
  }

  /** Takes what comes, and answers with that body. */
  void accepts(byte[] body) {
    acceptance = body;
  }

  /** Refuses requests of more bytes. */
  void takesAtMost(int bytes) {
    most = bytes;
  }

  public String url() {
    return "http://localhost:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public Received received() {
    return received;
  }

  /** Each request's {@code Authorization} and {@code Content-Encoding}. */
  List<String> headers() {
    return headers;
  }

  private void handle(HttpExchange exchange) throws IOException {
    headers.add(
        exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Encoding"));
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      byte[] body = in.readAllBytes();
      Answer now = body.length > most ? status(413) : answer;
      if (now == OK) {
        received.take(exchange.getRequestURI().getPath().substring(4), body);
        now = accepting(acceptance);
      }
      received.requested();
      now.to(exchange);
    } catch (Silence silence) {
      return;
    } catch (Exception e) {
      throw new IOException(e);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static final class Silence extends RuntimeException {}
}
