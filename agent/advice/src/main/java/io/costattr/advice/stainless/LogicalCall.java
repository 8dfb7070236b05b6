package io.costattr.advice.stainless;

import io.costattr.core.exchange.Call;
import org.jspecify.annotations.Nullable;

/** Finds and carries the logical call of a request. */
final class LogicalCall {
  private LogicalCall() {}

  /**
   * Captures the call on this thread, which is the one that made it.
   *
   * @param own an object of the SDK's core
   */
  static Call capture(Object own) {
    Sdk sdk = Sdk.of(own);
    Call call = Call.captureBelow(sdk.client());
    Call.SdkException exception = sdk.exception();
    if (exception != null) {
      call.ofSdk(exception);
    }
    return call;
  }

  /**
   * The call that travels with a request, by the request itself or by its body: every retry sends a
   * new request with the same body. Null when none does.
   */
  static @Nullable Call carriedBy(Object request) {
    Call call = Call.carriedBy(request);
    if (call == null) {
      Object body = Sdk.of(request).bodyOf(request);
      call = body == null ? null : Call.carriedBy(body);
    }
    return call;
  }

  /** Lets the call travel with the body, to the attempts that are made on other threads. */
  static void carry(Call call, Object request) {
    Object body = Sdk.of(request).bodyOf(request);
    if (body != null) {
      call.carryWith(body);
    }
  }
}
