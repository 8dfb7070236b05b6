package io.costattr.advice.okhttp;

import io.costattr.core.Log;
import io.costattr.core.amend.BodyFilter;
import io.costattr.core.exchange.Amendment;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.StreamUsage;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A chain whose request asks for the usage of a stream as well, or for less. A proxy, because the
 * interface has more methods in later versions of the library.
 */
final class AskingChain implements InvocationHandler {
  private final Interceptor.Chain chain;
  private final Request asking;

  private AskingChain(Interceptor.Chain chain, Request asking) {
    this.chain = chain;
    this.asking = asking;
  }

  /** The chain to go on with; null to go on with the application's. */
  static Interceptor.@Nullable Chain around(Interceptor.Chain chain, Exchange exchange) {
    try {
      Request request = chain.request();
      RequestBody body = request.body();
      if (body == null
          || !Amendment.isWanted(exchange, body.contentLength(), request::header)
          || body.isOneShot()
          || body.isDuplex()) {
        return null;
      }
      Buffer copy = new Buffer();
      body.writeTo(copy);
      byte[] added = Amendment.of(exchange, copy.readByteArray(), request::header);
      if (added == null) {
        return null;
      }
      Request asking =
          request.newBuilder().method(request.method(), bodyOf(body.contentType(), added)).build();
      return (Interceptor.Chain)
          Proxy.newProxyInstance(
              Interceptor.Chain.class.getClassLoader(),
              new Class<?>[] {Interceptor.Chain.class},
              new AskingChain(chain, asking));
    } catch (IOException | RuntimeException | LinkageError fault) {
      // What the body throws it throws again when it is sent; OkHttp 3.12 has no one-shot bodies.
      Log.debug("a request is sent as it is: " + fault);
      return null;
    }
  }

  /** The order of these arguments is the one that all versions of the library have. */
  @SuppressWarnings("deprecation")
  private static RequestBody bodyOf(@Nullable MediaType type, byte[] bytes) {
    return RequestBody.create(type, bytes);
  }

  /** The response as the application would have it: of its own request, without what was added. */
  static Response answer(Interceptor.Chain used, Exchange exchange, Response response) {
    if (!Proxy.isProxyClass(used.getClass())
        || !(Proxy.getInvocationHandler(used) instanceof AskingChain asking)) {
      return response;
    }
    Response.Builder answer = response.newBuilder().request(asking.chain.request());
    ResponseBody body = response.body();
    BodyFilter filter = StreamUsage.filter(exchange, response.code());
    if (body != null && filter != null) {
      answer.body(new FilteredResponseBody(body, filter));
    }
    return answer.build();
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("request")) {
      return asking;
    }
    try {
      return method.invoke(chain, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
