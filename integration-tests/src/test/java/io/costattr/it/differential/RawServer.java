package io.costattr.it.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that reads no more than the head of one request of each connection. */
final class RawServer implements AutoCloseable {
  private final World world;
  private final ServerSocket acceptor;
  private final Conversation conversation;

  /** What becomes of a connection whose first head has been read. */
  private interface Conversation {
    void with(Socket client, String firstLine) throws IOException;
  }

  private RawServer(World world, Conversation conversation) throws IOException {
    this.world = world;
    this.conversation = conversation;
    this.acceptor = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    JdkCases.daemon(this::accept).start();
  }

  /** Says that to everybody, and closes. */
  static RawServer saying(World world, String answer) throws IOException {
    return new RawServer(
        world,
        (client, line) -> {
          client.getOutputStream().write(answer.getBytes(ISO_8859_1));
          client.close();
        });
  }

  /** A proxy that opens a tunnel to the port of this machine that it is asked for. */
  static RawServer tunnel(World world) throws IOException {
    return new RawServer(
        world,
        (client, line) -> {
          int port = Integer.parseInt(line.replaceAll("CONNECT .*:([0-9]+) .*", "$1"));
          Socket server = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
          client
              .getOutputStream()
              .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
          JdkCases.daemon(() -> pass(server, client)).start();
          pass(client, server);
        });
  }

  int port() {
    return acceptor.getLocalPort();
  }

  Proxy proxy() {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port()));
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = acceptor.accept();
        JdkCases.daemon(() -> serve(client)).start();
      }
    } catch (IOException closed) {
      // The case is over.
    }
  }

  private void serve(Socket client) {
    try {
      String head = head(client.getInputStream());
      String line = head.substring(0, head.indexOf('\r'));
      world.seen.say("raw server got", line);
      conversation.with(client, line);
    } catch (IOException gone) {
      // Nobody is left to tell.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("no whole head");
      }
      head.append((char) read);
    }
    return head.toString();
  }

  /** Until one of both ends. */
  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException ended) {
      // So does the other direction.
    }
  }
}
