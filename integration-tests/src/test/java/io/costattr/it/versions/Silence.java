package io.costattr.it.versions;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Lets everybody connect, says nothing and counts every byte that comes. */
final class Silence implements AutoCloseable {
  private final ServerSocket acceptor;
  private final AtomicLong received = new AtomicLong();

  private Silence(ServerSocket acceptor) {
    this.acceptor = acceptor;
  }

  static Silence start() throws IOException {
    Silence silence =
        new Silence(new ServerSocket(0, 64, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
    daemon(silence::accept);
    return silence;
  }

  /** No slash at the end. */
  String url() {
    return "http://127.0.0.1:" + acceptor.getLocalPort();
  }

  /** How many bytes have come, over all connections. */
  long received() {
    return received.get();
  }

  private void accept() {
    while (!acceptor.isClosed()) {
      try {
        Socket socket = acceptor.accept();
        daemon(() -> count(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void count(Socket socket) {
    try (socket;
        InputStream in = socket.getInputStream()) {
      while (in.read() >= 0) {
        received.incrementAndGet();
      }
    } catch (IOException gone) {
      // Whoever has connected is gone.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "silence");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
  }
}
