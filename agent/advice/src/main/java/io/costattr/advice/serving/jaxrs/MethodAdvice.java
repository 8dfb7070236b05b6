package io.costattr.advice.serving.jaxrs;

import io.costattr.core.attribution.Served;
import net.bytebuddy.asm.Advice;
import org.jboss.resteasy.spi.HttpRequest;
import org.jboss.resteasy.spi.metadata.ResourceMethod;
import org.jspecify.annotations.Nullable;

/** At {@code ResourceMethodInvoker.invoke} of RESTEasy, by which a resource method is called. */
public final class MethodAdvice {
  private MethodAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable HttpRequest request,
      @Advice.FieldValue("method") @Nullable ResourceMethod method) {
    return RestEasyRoute.begin(request, method);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }
}
