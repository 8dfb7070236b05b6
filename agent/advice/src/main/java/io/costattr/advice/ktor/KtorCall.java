package io.costattr.advice.ktor;

import io.costattr.advice.layer.Release;
import io.costattr.core.exchange.Call;
import io.costattr.core.exchange.Exchanges;
import io.ktor.client.request.HttpRequestData;
import io.ktor.http.HttpMethod;
import io.ktor.http.Url;
import org.jspecify.annotations.Nullable;

/** The call that a request is an attempt of. */
final class KtorCall {
  /** For example {@code ktor 3.6.1}; its early jars have no title of their own. */
  private static final String CLIENT =
      Release.byManifest("ktor", HttpRequestData.class.getName(), "ktor-client-core", "jvmJar");

  private KtorCall() {}

  /**
   * The call being made on this thread, or a new one; null when that is no request of a model's.
   */
  static @Nullable Call here(HttpMethod method, Url url) {
    if (!Exchanges.wants(method.getValue(), url.getHost(), url.getPort(), url.getEncodedPath())) {
      return null;
    }
    Call current = Call.current();
    return current != null ? current : Call.capture(CLIENT);
  }
}
