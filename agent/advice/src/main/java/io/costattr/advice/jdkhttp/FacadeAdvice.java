package io.costattr.advice.jdkhttp;

import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.Layer;
import java.net.URI;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientFacade}, which is what an application has of its client: what is current here
 * is the application's own span, while further down it may be one that another agent has made of
 * the HTTP call.
 */
public final class FacadeAdvice {
  private FacadeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable HttpRequest request) {
    if (request == null) {
      return null;
    }
    URI uri = request.uri();
    String path = uri.getRawPath();
    String host = uri.getHost();
    return path != null
            && host != null
            && Exchanges.wants(request.method(), host, SendAdvice.port(uri), path)
        ? Layer.enterOnce(SendAdvice.CLIENT)
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Layer.leave(entered);
  }
}
