package io.costattr.advice.okhttp;

import io.costattr.core.attribution.Rejection;
import java.net.ProtocolException;

/**
 * A call that the policy refuses, as OkHttp's own failure: it hands on what is an {@link
 * java.io.IOException} and takes no {@link ProtocolException} for something that another try, or
 * another route, could mend (3.12 would ask for the next route otherwise).
 */
final class RejectedCall extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private RejectedCall(Rejection rejection) {
    super(rejection.message());
    initCause(rejection.exception());
  }

  /** What is thrown in the place of the call. */
  static Exception of(Rejection rejection) {
    RuntimeException sdk = rejection.sdk();
    return sdk != null ? sdk : new RejectedCall(rejection);
  }
}
