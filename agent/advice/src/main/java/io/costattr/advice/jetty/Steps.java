package io.costattr.advice.jetty;

import static io.costattr.advice.jetty.Messages.HOME;
import static io.costattr.advice.jetty.Messages.load;
import static io.costattr.advice.jetty.Messages.type;
import static java.lang.invoke.MethodType.methodType;

import io.costattr.core.exchange.Denial;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The steps by which the client itself brings an exchange to its end, for one that it does not
 * send. All of them are public in every version.
 */
final class Steps {
  private static final Class<?> EXCHANGE = type("HttpExchange");
  private static final Class<?> REQUEST = type("HttpRequest");
  private static final Class<?> RESPONSE = type("HttpResponse");
  private static final Class<?> DESTINATION = type("HttpDestination");
  private static final MethodHandle TO_DESTINATION =
      any(EXCHANGE, "getHttpDestination", methodType(Object.class, Object.class));
  private static final MethodHandle TO_CLIENT =
      any(DESTINATION, "getHttpClient", methodType(HttpClient.class, Object.class));
  private static final MethodHandle ORIGIN =
      any(DESTINATION, "getOrigin", methodType(Origin.class, Object.class));
  private static final MethodHandle ABORT =
      any(REQUEST, "abort", methodType(void.class, Object.class, Throwable.class));
  private static final MethodHandle BODY =
      any(REQUEST, "getBody", methodType(Object.class, Object.class));
  private static final MethodHandle REQUEST_COMPLETE =
      any(EXCHANGE, "requestComplete", methodType(boolean.class, Object.class, Throwable.class));
  private static final MethodHandle RESPONSE_COMPLETE =
      any(EXCHANGE, "responseComplete", methodType(boolean.class, Object.class, Throwable.class));
  private static final MethodHandle TERMINATE_REQUEST =
      any(EXCHANGE, "terminateRequest", methodType(void.class, Object.class));
  private static final MethodHandle TERMINATE_RESPONSE =
      any(EXCHANGE, "terminateResponse", methodType(void.class, Object.class));
  private static final MethodHandle SET_VERSION =
      any(RESPONSE, "version", methodType(void.class, Object.class, HttpVersion.class));
  private static final MethodHandle SET_STATUS =
      any(RESPONSE, "status", methodType(void.class, Object.class, int.class));
  private static final MethodHandle SET_REASON =
      any(RESPONSE, "reason", methodType(void.class, Object.class, String.class));
  private static final MethodHandle ADD_HEADER =
      any(RESPONSE, "addHeader", methodType(void.class, Object.class, HttpField.class));

  private Steps() {}

  /** The client of an exchange. */
  static HttpClient client(Object exchange) throws Throwable {
    Object destination = (Object) TO_DESTINATION.invokeExact(exchange);
    return (HttpClient) TO_CLIENT.invokeExact(destination);
  }

  /** The version that an exchange would be sent in, where the client does not negotiate it. */
  static HttpVersion version(Object exchange) throws Throwable {
    Object destination = (Object) TO_DESTINATION.invokeExact(exchange);
    Origin.Protocol protocol = ((Origin) ORIGIN.invokeExact(destination)).getProtocol();
    boolean http2 =
        protocol != null
            && !protocol.isNegotiate()
            && (protocol.getProtocols().contains("h2") || protocol.getProtocols().contains("h2c"));
    return http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1;
  }

  /** A header as the client's parser makes it. */
  static HttpField field(Denial.Header header) {
    HttpHeader known = HttpHeader.CACHE.get(header.name());
    return known == null
        ? new HttpField(header.name(), header.value())
        : new HttpField(known, header.value());
  }

  /** Lets a request fail, as the client itself does it. */
  static void abort(Object request, Throwable cause) throws Throwable {
    ABORT.invokeExact(request, cause);
  }

  /** What a request sends, or null. */
  static @Nullable Object body(Object request) throws Throwable {
    return (Object) BODY.invokeExact(request);
  }

  /** Of a body in bytes, -1 when that is not known. */
  static long length(Object body) throws Throwable {
    return (long) Body.LENGTH.invokeExact(body);
  }

  /** Nobody reads that body. */
  static void fail(Object body, Throwable cause) throws Throwable {
    Body.FAIL.invokeExact(body, cause);
  }

  /** The request is said to have been sent; false when something else was said before. */
  static boolean requestComplete(Object exchange) throws Throwable {
    return (boolean) REQUEST_COMPLETE.invokeExact(exchange, (Throwable) null);
  }

  static void terminateRequest(Object exchange) throws Throwable {
    TERMINATE_REQUEST.invokeExact(exchange);
  }

  /** The response is said to have come; false when something else was said before. */
  static boolean responseComplete(Object exchange) throws Throwable {
    return (boolean) RESPONSE_COMPLETE.invokeExact(exchange, (Throwable) null);
  }

  static void terminateResponse(Object exchange) throws Throwable {
    TERMINATE_RESPONSE.invokeExact(exchange);
  }

  /** Writes a response's first line. */
  static void head(Object response, HttpVersion version) throws Throwable {
    SET_VERSION.invokeExact(response, version);
    SET_STATUS.invokeExact(response, Denial.STATUS);
    if (version != HttpVersion.HTTP_2) {
      SET_REASON.invokeExact(response, Denial.REASON);
    }
  }

  static void addHeader(Object response, HttpField field) throws Throwable {
    ADD_HEADER.invokeExact(response, field);
  }

  /**
   * Tells the application of a response up to 11.0, as the client tells it of one that it has kept:
   * all events, with the body in one piece.
   */
  static void forward(Object exchange, Object response, byte[] body, String type) throws Throwable {
    Object conversation = Messages.conversation(exchange);
    Object whole = Notifier.WITH_CONTENT.invoke(response, body, type, "utf-8");
    Notifier.FORWARD.invoke(
        Notifier.NOTIFIER.invoke((Object) TO_DESTINATION.invokeExact(exchange)),
        Notifier.LISTENERS.invoke(conversation),
        Messages.request(exchange),
        whole);
  }

  /** What is asked of bodies, which not every request has. */
  private static final class Body {
    private static final Class<?> TYPE =
        load(Messages.IS_LATER ? HOME + ".Request$Content" : HOME + ".api.Request$Content");
    static final MethodHandle LENGTH = any(TYPE, "getLength", methodType(long.class, Object.class));
    static final MethodHandle FAIL =
        any(TYPE, "fail", methodType(void.class, Object.class, Throwable.class));
  }

  /** What only 11.0 and earlier has. */
  private static final class Notifier {
    static final MethodHandle NOTIFIER =
        any(DESTINATION, "getResponseNotifier", methodType(Object.class, Object.class));
    static final MethodHandle LISTENERS =
        any(
            type("HttpConversation"),
            "getResponseListeners",
            methodType(Object.class, Object.class));
    static final MethodHandle FORWARD =
        any(
            type("ResponseNotifier"),
            "forwardSuccessComplete",
            methodType(void.class, Object.class, Object.class, Object.class, Object.class));
    static final MethodHandle WITH_CONTENT = withContent();

    private static MethodHandle withContent() {
      try {
        return MethodHandles.publicLookup()
            .unreflectConstructor(type("HttpContentResponse").getConstructors()[0])
            .asType(
                methodType(Object.class, Object.class, byte[].class, String.class, String.class));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A public method of that name with as many parameters, whatever it returns. */
  private static MethodHandle any(Class<?> owner, String name, MethodType seen) {
    try {
      for (Method method : owner.getMethods()) {
        if (method.getName().equals(name)
            && method.getParameterCount() == seen.parameterCount() - 1
            && !method.isBridge()
            && takes(method, seen)) {
          return MethodHandles.publicLookup().unreflect(method).asType(seen);
        }
      }
      throw new NoSuchMethodException(owner + "." + name);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean takes(Method method, MethodType seen) {
    for (int i = 0; i < method.getParameterCount(); i++) {
      Class<?> wanted = seen.parameterType(i + 1);
      if (wanted != Object.class && wanted != method.getParameterTypes()[i]) {
        return false;
      }
    }
    return true;
  }
}
