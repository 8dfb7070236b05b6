package io.costattr.advice.serving.jaxrs;

import io.costattr.core.attribution.Served;
import net.bytebuddy.asm.Advice;
import org.jboss.resteasy.spi.HttpRequest;
import org.jboss.resteasy.spi.metadata.ResourceLocator;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ResourceLocatorInvoker.invokeOnTargetObject} of RESTEasy, by which what the locator of
 * a sub-resource has found is called.
 */
public final class LocatorAdvice {
  private LocatorAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable HttpRequest request,
      @Advice.FieldValue("method") @Nullable ResourceLocator method) {
    return RestEasyRoute.begin(request, method);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }
}
