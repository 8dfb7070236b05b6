package io.costattr.it.differential;

import io.costattr.loopback.Gate;
import io.costattr.loopback.WireServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What a case runs in: a server of its own, a record of what is seen, gates between the two. */
final class World {
  final Seen seen = new Seen();
  final Map<Object, Object> kept = new ConcurrentHashMap<>();
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final WireServer server;

  World(Case.Script script) {
    server = WireServer.start((request, reply) -> script.answer(this, request, reply));
  }

  /** The path on a host that is configured as OpenAI's. */
  String url(String path) {
    return server.url() + path;
  }

  /** The path on a host that no table knows. */
  String unknownHostUrl(String path) {
    return "http://localhost:" + server.port() + path;
  }

  Gate gate(String name) {
    return gates.computeIfAbsent(name, unused -> new Gate());
  }

  WireServer server() {
    return server;
  }

  /** Waits until the server has seen a connection that the client has given up meanwhile. */
  void awaitConnection() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (server.connections() == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }
}
