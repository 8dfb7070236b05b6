package io.costattr.advice.okhttp;

import io.costattr.core.exchange.Call;
import io.costattr.core.exchange.Exchanges;
import net.bytebuddy.asm.Advice;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * At {@code RealCall.enqueue}: an asynchronous call is run later, on a thread of the dispatcher's,
 * and past the per-host limit even started from another call's thread. Its context is captured here
 * and travels with the call. (The dispatcher's own {@code enqueue} comes next on this thread, but
 * its argument is no type of the API.)
 */
public final class EnqueueAdvice {
  private EnqueueAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This okhttp3.Call call) {
    Request request = call.request();
    HttpUrl url = request.url();
    if (Exchanges.wants(request.method(), url.host(), url.port(), url.encodedPath())) {
      Call current = Call.current();
      (current != null ? current : Call.capture(OkHttpVersion.CLIENT)).carryWith(call);
    }
  }
}
