package io.costattr.benchmarks.transports;

import java.io.IOException;
import java.io.InputStream;

/** An HTTP client, as the measurement uses it: one call at a time, from one thread. */
interface Transport {

  /**
   * Posts the body as JSON and reads the whole answer.
   *
   * @return the nanoseconds until its first bytes were there
   */
  long post(String url, String body) throws Exception;

  /** Reads a body to its end; the nanoseconds from {@code start} until its first bytes. */
  static long readAll(InputStream in, long start, byte[] buffer) throws IOException {
    int read = in.read(buffer);
    long first = System.nanoTime() - start;
    while (read >= 0) {
      read = in.read(buffer);
    }
    return first;
  }

  /** By the name of the table's row. */
  static Transport of(String name) throws Exception {
    return switch (name) {
      case "okhttp" -> new OkHttpTransport();
      case "java.net.http" -> new JdkTransport();
      case "http-url-connection" -> new UrlConnectionTransport();
      case "apache4" -> new Apache4Transport();
      case "apache4-async" -> new Apache4AsyncTransport();
      case "apache5" -> new Apache5Transport();
      case "apache5-async" -> new Apache5AsyncTransport();
      case "reactor-netty" -> new ReactorNettyTransport();
      case "jetty" -> new JettyTransport();
      case "vertx" -> new VertxTransport();
      case "async-http-client" -> new AsyncHttpClientTransport();
      default -> throw new IllegalArgumentException("no transport " + name);
    };
  }
}
