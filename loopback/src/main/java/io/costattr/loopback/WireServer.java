package io.costattr.loopback;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on an ephemeral loopback port: one daemon thread per connection, keep-alive,
 * no Nagle delay. What is answered is wholly its {@link Handler}'s. Safe for all threads.
 */
public final class WireServer implements AutoCloseable {

  /** Answers one request. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Called on the connection's thread. An exception while the head is not sent is answered by
     * 500, later by a reset; it is kept in {@link WireServer#failures} unless the peer caused it.
     */
    void handle(WireRequest request, WireExchange out) throws IOException;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final @Nullable LocalhostTls tls;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final List<WireRequest> requests = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final AtomicLong accepted = new AtomicLong();
  private volatile boolean recording = true;
  private volatile boolean closed;

  private WireServer(Handler handler, @Nullable LocalhostTls tls, int port) {
    this.handler = handler;
    this.tls = tls;
    try {
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server on an ephemeral port of the loopback interface. */
  public static WireServer start(Handler handler) {
    return start(handler, 0);
  }

  /** Starts a server on a port of the loopback interface; 0 for an ephemeral one. */
  public static WireServer start(Handler handler, int port) {
    return new WireServer(handler, null, port).listen();
  }

  /** Starts a server that speaks TLS; clients trust it through {@link LocalhostTls#client()}. */
  public static WireServer startTls(Handler handler) {
    return new WireServer(handler, LocalhostTls.get(), 0).listen();
  }

  private WireServer listen() {
    Thread thread = new Thread(this::accept, "loopback-accept-" + port());
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Its address without a trailing slash, for example {@code http://127.0.0.1:43211}. */
  public String url() {
    return (tls == null ? "http://127.0.0.1:" : "https://localhost:") + port();
  }

  /** The address of a path on it, for example {@code uri("/v1/models")}. */
  public URI uri(String path) {
    return URI.create(url() + path);
  }

  /** Stops or resumes the recording of requests; on at first. */
  public WireServer recording(boolean on) {
    recording = on;
    return this;
  }

  /** The requests recorded so far, in the order in which their bodies were complete. */
  public List<WireRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /**
   * Waits until this many requests have been recorded.
   *
   * @return the requests recorded so far
   */
  public List<WireRequest> awaitRequests(int count) throws InterruptedException {
    synchronized (requests) {
      while (requests.size() < count) {
        requests.wait();
      }
      return List.copyOf(requests);
    }
  }

  /** What handlers have thrown, oldest first, without what a peer's disconnection caused. */
  public List<Throwable> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  /** How many connections it has accepted since it started. */
  public long connectionsAccepted() {
    return accepted.get();
  }

  /** Closes the port and all connections, and interrupts handlers that wait. */
  @Override
  public void close() {
    closed = true;
    closeQuietly(listener);
    connections.forEach(Connection::close);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = listener.accept();
        accepted.incrementAndGet();
        Connection connection = new Connection(socket);
        connections.add(connection);
        connection.start();
        if (closed) {
          connection.close();
        }
      } catch (IOException e) {
        if (!closed) {
          failed(e);
        }
      }
    }
  }

  private void record(WireRequest request) {
    if (recording) {
      synchronized (requests) {
        requests.add(request);
        requests.notifyAll();
      }
    }
  }

  private void failed(Throwable failure) {
    synchronized (failures) {
      failures.add(failure);
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception ignored) {
      // Closing is best effort: the peer may have been first.
    }
  }

  private final class Connection extends Thread {
    private final Socket socket;

    Connection(Socket socket) {
      super("loopback-" + port() + "-" + socket.getPort());
      this.socket = socket;
      setDaemon(true);
    }

    void close() {
      interrupt();
      closeQuietly(socket);
    }

    @Override
    public void run() {
      try (socket) {
        socket.setTcpNoDelay(true);
        Socket peer = socket;
        if (tls != null) {
          peer = tls.over(socket);
          ((SSLSocket) peer).startHandshake();
        }
        serve(new RequestReader(peer.getInputStream(), peer.getOutputStream()), peer);
      } catch (IOException ignored) {
        // The peer is gone or does not speak HTTP; a test sees it on its own side.
      } finally {
        connections.remove(this);
      }
    }

    private void serve(RequestReader reader, Socket peer) throws IOException {
      OutputStream out = peer.getOutputStream();
      boolean open = true;
      while (open) {
        WireRequest request = reader.read();
        if (request == null) {
          break;
        }
        record(request);
        WireExchange exchange = new WireExchange(request, socket, out, reader);
        open = answer(request, exchange);
      }
      if (peer != socket) {
        closeQuietly(peer);
      }
    }

    private boolean answer(WireRequest request, WireExchange exchange) throws IOException {
      try {
        handler.handle(request, exchange);
      } catch (RuntimeException | Error e) {
        failed(e);
        if (exchange.headIsOut()) {
          exchange.reset();
          return false;
        }
        exchange.status(500).send("the handler failed: " + e);
      }
      exchange.end();
      return exchange.keepsAlive();
    }
  }
}
