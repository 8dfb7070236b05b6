import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a server from two addresses, and says each time by a header to be at the other. */
final class LyingCaller {
  private LyingCaller() {}

  /** Prints whom the server, which answers with {@code <ADDRESS>}, takes it for. */
  static void ask(int port) throws IOException {
    get(port, "127.0.0.2", "127.0.0.1", "costattr.customer.id=cust_1");
    get(port, "127.0.0.1", "127.0.0.2", "costattr.customer.id=spoofed");
  }

  private static void get(int port, String from, String said, String baggage) throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (Socket socket = new Socket(loopback, port, InetAddress.getByName(from), 0)) {
      String head =
          "GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: "
              + said
              + "\r\nbaggage: "
              + baggage
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      System.out.println(from + " is taken for " + answer.replaceAll("(?s).*<(.*)>.*", "$1"));
    }
  }
}
