package io.costattr.advice.openai;

import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import io.costattr.core.exchange.Call;
import org.jspecify.annotations.Nullable;

/** Finds and carries the logical call of a request of openai-java. */
final class LogicalCall {
  private LogicalCall() {}

  /** Captures the call on this thread, which is the one that made it. */
  static Call capture() {
    return Call.capture(OpenAiVersion.CLIENT);
  }

  /**
   * The call that travels with a request, by the request itself or by its body: every retry sends a
   * new request with the same body. Null when none does.
   */
  static @Nullable Call carriedBy(HttpRequest request) {
    Call call = Call.carriedBy(request);
    if (call == null) {
      HttpRequestBody body = request.body();
      call = body == null ? null : Call.carriedBy(body);
    }
    return call;
  }

  /** Lets the call travel with the body, to the attempts that are made on other threads. */
  static void carry(Call call, HttpRequest request) {
    HttpRequestBody body = request.body();
    if (body != null) {
      call.carryWith(body);
    }
  }
}
