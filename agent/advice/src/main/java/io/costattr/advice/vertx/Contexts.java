package io.costattr.advice.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import java.lang.reflect.Method;

/** Where a client gives what was asked of it: the asking thread's context, or a new one. */
final class Contexts {
  private Contexts() {}

  /** A request that cannot be had, as the client itself says it. */
  static Future<HttpClientRequest> failed(HttpClient client, Throwable cause) {
    Promise<HttpClientRequest> promise = Promise.promise();
    Context context = of(client);
    context.runOnContext(now -> promise.fail(cause));
    return promise.future();
  }

  /** Its name differs from version to version. */
  private static Context of(HttpClient client) {
    for (String name : new String[] {"vertx", "getVertx"}) {
      try {
        Method method = client.getClass().getMethod(name);
        method.setAccessible(true);
        return ((Vertx) method.invoke(client)).getOrCreateContext();
      } catch (ReflectiveOperationException | RuntimeException another) {
        // Perhaps the other one.
      }
    }
    Context current = Vertx.currentContext();
    if (current == null) {
      throw new IllegalStateException("no context");
    }
    return current;
  }
}
