package io.costattr.advice.jetty;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The library's messages, whose classes lie in one package up to 11.0 and in another from 12.0 on.
 * All of what is asked is public there.
 */
final class Messages {
  /** Whether it is 12.0 or later. */
  static final boolean IS_LATER = isLater();

  static final String HOME = HttpClient.class.getPackageName();
  private static final String PACKAGE = HOME + (IS_LATER ? ".transport." : ".");
  private static final Class<?> EXCHANGE = type("HttpExchange");
  private static final Class<?> REQUEST = type("HttpRequest");
  private static final Class<?> RESPONSE = type("HttpResponse");

  private static final MethodHandle TO_REQUEST =
      method(EXCHANGE, "getRequest", REQUEST, Object.class);
  private static final MethodHandle TO_RESPONSE =
      method(EXCHANGE, "getResponse", RESPONSE, Object.class);
  private static final MethodHandle CONVERSATION =
      method(EXCHANGE, "getConversation", type("HttpConversation"), Object.class);
  private static final MethodHandle METHOD =
      method(REQUEST, "getMethod", String.class, String.class);
  private static final MethodHandle SCHEME =
      method(REQUEST, "getScheme", String.class, String.class);
  private static final MethodHandle HOST = method(REQUEST, "getHost", String.class, String.class);
  private static final MethodHandle PORT = method(REQUEST, "getPort", int.class, int.class);
  private static final MethodHandle PATH = method(REQUEST, "getPath", String.class, String.class);
  private static final MethodHandle REQUEST_HEADERS =
      method(REQUEST, "getHeaders", HttpFields.class, HttpFields.class);
  private static final MethodHandle STATUS = method(RESPONSE, "getStatus", int.class, int.class);
  private static final MethodHandle RESPONSE_HEADERS =
      method(RESPONSE, "getHeaders", HttpFields.class, HttpFields.class);

  private Messages() {}

  /** The request of an exchange of the library's. */
  static Object request(Object exchange) throws Throwable {
    return (Object) TO_REQUEST.invokeExact(exchange);
  }

  /** The response of an exchange of the library's, empty at first. */
  static Object response(Object exchange) throws Throwable {
    return (Object) TO_RESPONSE.invokeExact(exchange);
  }

  /** What a request shares with those that the client makes because of its answer. */
  static Object conversation(Object exchange) throws Throwable {
    return (Object) CONVERSATION.invokeExact(exchange);
  }

  static @Nullable String method(Object request) throws Throwable {
    return (String) METHOD.invokeExact(request);
  }

  static @Nullable String host(Object request) throws Throwable {
    return (String) HOST.invokeExact(request);
  }

  static int port(Object request) throws Throwable {
    int port = (int) PORT.invokeExact(request);
    String scheme = (String) SCHEME.invokeExact(request);
    return port > 0 ? port : "http".equalsIgnoreCase(scheme) ? 80 : 443;
  }

  /** Without query. */
  static @Nullable String path(Object request) throws Throwable {
    return (String) PATH.invokeExact(request);
  }

  static HttpFields requestHeaders(Object request) throws Throwable {
    return (HttpFields) REQUEST_HEADERS.invokeExact(request);
  }

  static int status(Object response) throws Throwable {
    return (int) STATUS.invokeExact(response);
  }

  static HttpFields responseHeaders(Object response) throws Throwable {
    return (HttpFields) RESPONSE_HEADERS.invokeExact(response);
  }

  private static boolean isLater() {
    String client = HttpClient.class.getPackageName();
    return HttpClient.class
            .getClassLoader()
            .getResource(client.replace('.', '/') + "/transport/HttpExchange.class")
        != null;
  }

  /** A class of the client's own. */
  static Class<?> type(String name) {
    return load(PACKAGE + name);
  }

  static Class<?> load(String name) {
    try {
      return Class.forName(name, false, HttpClient.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle method(
      Class<?> owner, String name, Class<?> returned, Class<?> seen) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(owner, name, methodType(returned))
          .asType(methodType(seen, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
