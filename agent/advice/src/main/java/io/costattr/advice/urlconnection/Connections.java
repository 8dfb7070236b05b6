package io.costattr.advice.urlconnection;

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
    int port = url.getPort();
    return Exchanges.open(
        CLIENT,
        connection.getRequestMethod(),
        url.getHost(),
        port < 0 ? url.getDefaultPort() : port,
        url.getPath(),
        connection);
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
