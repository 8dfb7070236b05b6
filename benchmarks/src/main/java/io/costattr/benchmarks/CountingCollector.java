package io.costattr.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Takes log events over OTLP/HTTP as fast as it can, and counts them by their ids. */
final class CountingCollector implements AutoCloseable {
  private static final byte[] KEY = "costattr.event.id".getBytes(StandardCharsets.US_ASCII);

  /** Between a key and its value: two tags and two lengths. */
  private static final int GAP = 4;

  private static final int ID = 36;

  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final LongAdder events = new LongAdder();
  private final HttpServer server;

  CountingCollector(int port) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          count(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  private void count(byte[] body) {
    for (int at = 0; at < body.length - KEY.length - GAP - ID; at++) {
      if (body[at] == 'c' && isKey(body, at)) {
        int value = at + KEY.length + GAP;
        ids.add(new String(body, value, ID, StandardCharsets.US_ASCII));
        events.increment();
        at = value;
      }
    }
  }

  private static boolean isKey(byte[] body, int at) {
    for (int i = 0; i < KEY.length; i++) {
      if (body[at + i] != KEY[i]) {
        return false;
      }
    }
    return true;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Different events that came. */
  long distinct() {
    return ids.size();
  }

  /** How many came more than once. */
  long doubled() {
    return events.sum() - ids.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
