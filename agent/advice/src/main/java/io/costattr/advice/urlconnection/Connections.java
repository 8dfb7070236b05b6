package io.costattr.advice.urlconnection;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks of connections have in common. A connection makes one logical call: all its
 * attempts share what was captured with the first.
 */
final class Connections {
  private static final String CLIENT = "HttpURLConnection " + System.getProperty("java.version");

  /** Which connection writes on this thread: whoever writes requests does not know it. */
  private static final ThreadLocal<@Nullable HttpURLConnection> CURRENT = new ThreadLocal<>();

  private static final Object NESTED = new Object();

  private Connections() {}

  /** Opens the exchange of an attempt of that connection; null when it is none of ours. */
  static @Nullable Exchange open(HttpURLConnection connection) {
    URL url = connection.getURL();
    return Exchanges.open(
        CLIENT, connection.getRequestMethod(), url.getHost(), port(url), url.getPath(), connection);
  }

  /**
   * What is thrown in the place of whatever makes the connection send, when the policy refuses the
   * call; else null. The first question decides: a connection is asked for many things.
   */
  static @Nullable Throwable refused(HttpURLConnection connection) {
    Rejection rejection = Exchanges.rejected(connection);
    if (rejection == null && Exchange.carriedBy(connection) == null) {
      URL url = connection.getURL();
      rejection =
          Exchanges.rejection(
              CLIENT, method(connection), url.getHost(), port(url), url.getPath(), connection);
      if (rejection != null) {
        Exchanges.carry(rejection, connection);
      }
    }
    return rejection == null ? null : rejection.thrown();
  }

  /** What has something to send is sent as a POST, whether the application says so or not. */
  private static String method(HttpURLConnection connection) {
    String method = connection.getRequestMethod();
    return method.equals("GET") && connection.getDoOutput() ? "POST" : method;
  }

  /** What is added to the request that the connection sends; null for nothing. */
  static @Nullable Addition baggage(HttpURLConnection connection) {
    URL url = connection.getURL();
    return OutgoingBaggage.of(url.getHost(), port(url));
  }

  private static int port(URL url) {
    int port = url.getPort();
    return port < 0 ? url.getDefaultPort() : port;
  }

  /** The connection that is sending on this thread, or null. */
  static @Nullable HttpURLConnection current() {
    return CURRENT.get();
  }

  /**
   * From now on that connection sends on this thread; null for something that is none of its
   * attempts.
   *
   * @return what {@link #leave} wants
   */
  static @Nullable Object enter(@Nullable HttpURLConnection connection) {
    HttpURLConnection outer = CURRENT.get();
    if (outer == connection) {
      return NESTED;
    }
    set(connection);
    return outer;
  }

  /** Undoes {@link #enter}, on the same thread. */
  static void leave(@Nullable Object entered) {
    if (entered != NESTED) {
      set((HttpURLConnection) entered);
    }
  }

  private static void set(@Nullable HttpURLConnection connection) {
    if (connection == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(connection);
    }
  }
}
