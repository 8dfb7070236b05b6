package io.costattr.advice.serving;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other end of the socket that a request came by. What the API has, such as {@code
 * getRemoteAddr}, is no answer: a valve, a customizer or a filter may have put there what a header
 * says, such as {@code X-Forwarded-For}, and have taken the header away. So each container's own
 * request is asked for its connection; of one that is not known here nothing is known.
 */
public final class SocketPeer {
  /**
   * From the innermost request to the address.
   *
   * @param type that request's class
   * @param steps a getter each, a field with {@code .} in front
   */
  private record Way(String type, List<String> steps) {}

  private static final List<String> IN_JETTY_12 =
      List.of(
          "getRequest",
          "getConnectionMetaData",
          "getConnection",
          "getEndPoint",
          "getRemoteSocketAddress");

  private static final List<Way> WAYS =
      List.of(
          // What the connector has been told by the socket, below RemoteIpValve.
          new Way(
              "org.apache.catalina.connector.RequestFacade",
              List.of(".request", "getCoyoteRequest", "remoteAddr")),
          // Of 10 and 11.
          new Way(
              "org.eclipse.jetty.server.Request", List.of("getHttpChannel", "getRemoteAddress")),
          // Of 12, by the version of the Servlet API.
          new Way("org.eclipse.jetty.ee10.servlet.ServletApiRequest", IN_JETTY_12),
          new Way("org.eclipse.jetty.ee11.servlet.ServletApiRequest", IN_JETTY_12),
          new Way(
              "io.undertow.servlet.spec.HttpServletRequestImpl",
              List.of("getExchange", "getConnection", "getPeerAddress")),
          new Way(
              "reactor.netty.http.server.HttpServerOperations",
              List.of("channel", "remoteAddress")));

  private SocketPeer() {}

  /** Its address in digits; null when it is not known. */
  public static @Nullable String of(Object innermost) {
    for (Class<?> type = innermost.getClass(); type != null; type = type.getSuperclass()) {
      for (Way way : WAYS) {
        if (way.type.equals(type.getName())) {
          return address(walk(innermost, type, way.steps));
        }
      }
    }
    return null;
  }

  private static @Nullable Object walk(Object from, Class<?> type, List<String> steps) {
    try {
      Object at = from;
      for (String step : steps) {
        if (at == null) {
          return null;
        }
        if (step.startsWith(".")) {
          Field field = type.getDeclaredField(step.substring(1));
          field.setAccessible(true);
          at = field.get(at);
        } else {
          Method getter = at.getClass().getMethod(step);
          getter.setAccessible(true);
          at = getter.invoke(at);
        }
      }
      return at;
    } catch (ReflectiveOperationException | RuntimeException other) {
      return null;
    }
  }

  private static @Nullable String address(@Nullable Object found) {
    if (found instanceof SocketAddress socket) {
      return address(socket);
    }
    // Tomcat's has the bytes of a text.
    return found == null ? null : found.toString();
  }

  /** That address in digits; null when it has none. */
  public static @Nullable String address(@Nullable SocketAddress remote) {
    return remote instanceof InetSocketAddress socket && socket.getAddress() != null
        ? socket.getAddress().getHostAddress()
        : null;
  }
}
