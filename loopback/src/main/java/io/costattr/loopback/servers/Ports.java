package io.costattr.loopback.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback for programs that have to be told theirs. They are below those from which
 * systems take ports for whoever does not care, so that nobody else has one of them before the
 * program does for which it is meant. Thread-safe.
 */
public final class Ports {
  private static final int FIRST = 12_000;

  /** A node of a Redis cluster listens at its port plus that as well. */
  private static final int CLUSTER = 10_000;

  private Ports() {}

  /** A port at which nobody listens, nor at that plus 10000. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST + CLUSTER);
      if (isFree(port) && isFree(port + CLUSTER)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
