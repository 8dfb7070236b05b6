package io.costattr.loopback;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on 127.0.0.1 whose handler decides every byte. One daemon thread accepts, one
 * more serves each connection; sockets have TCP_NODELAY. All methods may be called from any thread.
 */
public final class WireServer implements AutoCloseable {
  private static final int BACKLOG = 1024;

  /**
   * How a server is set up.
   *
   * @param port 0 for any free one
   * @param tls what to speak TLS with, or null for plain HTTP
   * @param recorded how many requests to keep, the latest; 0 for none
   */
  public record Options(int port, @Nullable SSLContext tls, int recorded) {
    /** Plain HTTP on any free port; the latest 1000 requests are kept. */
    public static Options defaults() {
      return new Options(0, null, 1000);
    }

    public Options withPort(int port) {
      return new Options(port, tls, recorded);
    }

    /** TLS with the certificate of {@link LocalhostTls}. */
    public Options withTls() {
      return new Options(port, LocalhostTls.context(), recorded);
    }

    public Options withRecorded(int recorded) {
      return new Options(port, tls, recorded);
    }
  }

  private final Options options;
  private final WireHandler handler;
  private final ServerSocket acceptor;
  private final Thread accepting;
  private final Recorder recorder;
  private final Map<Thread, Socket> open = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();

  private WireServer(Options options, WireHandler handler) throws IOException {
    this.options = options;
    this.handler = handler;
    this.recorder = new Recorder(options.recorded());
    this.acceptor =
        new ServerSocket(
            options.port(), BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    this.accepting = daemon("loopback-accept-" + port(), this::accept);
  }

  /** Starts a server with {@link Options#defaults}. */
  public static WireServer start(WireHandler handler) {
    return start(Options.defaults(), handler);
  }

  /**
   * Starts a server; it serves when this returns.
   *
   * @throws UncheckedIOException when the port is taken
   */
  public static WireServer start(Options options, WireHandler handler) {
    try {
      WireServer server = new WireServer(options, handler);
      server.accepting.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback server on port " + options.port(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return acceptor.getLocalPort();
  }

  /** {@code http://127.0.0.1:PORT}, or {@code https://localhost:PORT}; no slash at the end. */
  public String url() {
    return (options.tls() == null ? "http://127.0.0.1:" : "https://localhost:") + port();
  }

  /** The latest requests, oldest first; each is there before its handler is called. */
  public List<WireRequest> requests() {
    return recorder.list();
  }

  /**
   * Waits until {@code count} requests have come since the start, and returns the latest.
   *
   * @throws IllegalStateException when they do not come within 30 s
   */
  public List<WireRequest> awaitRequests(int count) throws InterruptedException {
    return recorder.await(count);
  }

  /** How many connections have been accepted since the start. */
  public int connections() {
    return connections.get();
  }

  /** Stops listening and closes every connection; returns when their threads have ended. */
  @Override
  public void close() {
    quietly(acceptor);
    // The kernel listens on until the thread that accepts has let go of the socket.
    join(accepting);
    List<Thread> threads = List.copyOf(open.keySet());
    open.values().forEach(WireServer::quietly);
    threads.forEach(Thread::interrupt);
    threads.forEach(WireServer::join);
  }

  private void accept() {
    while (!acceptor.isClosed()) {
      try {
        Socket socket = acceptor.accept();
        int number = connections.incrementAndGet();
        Thread thread =
            daemon("loopback-" + port() + "-" + number, () -> connection(socket, number));
        open.put(thread, socket);
        if (acceptor.isClosed()) {
          quietly(socket);
        }
        thread.start();
      } catch (SocketException e) {
        // Closed, or a peer that was gone before it was accepted; the loop tells which.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void connection(Socket transport, int number) {
    try (transport) {
      transport.setTcpNoDelay(true);
      Socket socket = options.tls() == null ? transport : secured(options.tls(), transport);
      OutputStream out = socket.getOutputStream();
      WireReader reader = new WireReader(socket.getInputStream(), out, number);
      serve(transport, socket, out, reader);
      if (!socket.isClosed()) {
        socket.close();
      }
    } catch (IOException e) {
      // The peer has gone away, or the server is being closed: nobody is left to tell.
    } finally {
      open.remove(Thread.currentThread());
    }
  }

  private void serve(Socket transport, Socket socket, OutputStream out, WireReader reader)
      throws IOException {
    boolean alive = true;
    while (alive) {
      WireRequest request = reader.next();
      if (request == null) {
        return;
      }
      recorder.add(request);
      Reply reply = new Reply(transport, socket, out, reader);
      try {
        handler.handle(request, reply);
        reply.end();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        failed(reply, e);
      }
      alive = reply.keepsAlive() && request.keepsAlive();
    }
  }

  private void failed(Reply reply, Exception e) throws IOException {
    if (!acceptor.isClosed()) {
      System.getLogger("io.costattr.loopback")
          .log(System.Logger.Level.ERROR, "a loopback handler failed", e);
    }
    if (reply.begun()) {
      reply.reset();
    } else {
      reply.status(500).closing().body("the loopback handler failed: " + e);
    }
  }

  private static Socket secured(SSLContext tls, Socket transport) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(transport, "localhost", 0, true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void quietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // It is closed as far as it can be.
    }
  }
}
