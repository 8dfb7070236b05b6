package io.costattr.advice.okhttp;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.carry.Handoffs;
import io.costattr.core.exchange.Call;
import io.costattr.core.exchange.Exchanges;
import net.bytebuddy.asm.Advice;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * At {@code RealCall.enqueue}: an asynchronous call is run later, on a thread of the dispatcher's,
 * and past the per-host limit even started from another call's thread. Its context is captured here
 * and travels with the call. (The dispatcher's own {@code enqueue} comes next on this thread, but
 * its argument is no type of the API.) What is in force here goes along as well, for interceptors
 * and for the callback. What the policy refuses is refused on the dispatcher's thread, as any
 * failure of a call; but an SDK, which would try again then, is told at once.
 */
public final class EnqueueAdvice {
  private EnqueueAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(@Advice.This okhttp3.Call call) {
    Handoffs.sendWith(call);
    if (OutgoingBaggage.isOn()) {
      OutgoingBaggage.capture(call);
    }
    Request request = call.request();
    HttpUrl url = request.url();
    String path = url.encodedPath();
    if (!Exchanges.wants(request.method(), url.host(), url.port(), path)) {
      return null;
    }
    Call current = Call.current();
    if (current != null && current.isOfSdk()) {
      Rejection rejection =
          Exchanges.rejection(
              OkHttpVersion.CLIENT, request.method(), url.host(), url.port(), path, null);
      if (rejection != null) {
        return rejection.sdk();
      }
    }
    (current != null ? current : Call.capture(OkHttpVersion.CLIENT)).carryWith(call);
    return null;
  }
}
