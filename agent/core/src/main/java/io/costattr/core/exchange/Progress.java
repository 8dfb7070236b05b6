package io.costattr.core.exchange;

import io.costattr.core.dialect.Transcript;
import io.costattr.core.exchange.Exchange.Headers;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.ledger.EventId;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come, apart from what its bodies say. Written by the client's threads as
 * they come along; the ledger looks when all is over.
 */
final class Progress {
  /** OpenAI's and most others', Anthropic's, Amazon's, Azure's gateway's. */
  private static final String[] REQUEST_ID_HEADERS = {
    "x-request-id", "request-id", "x-amzn-requestid", "apim-request-id"
  };

  private static final int NO_STATUS = 0;

  private volatile boolean requestSent;
  private volatile int status = NO_STATUS;
  private volatile @Nullable String providerRequestId;
  private volatile boolean streamed;
  private volatile boolean unreadable;
  private volatile boolean partial;
  private volatile long firstByteNanos;
  private volatile long endNanos;
  private volatile Outcome outcome = Outcome.FAILED;
  private volatile @Nullable String failure;

  void requestSent() {
    requestSent = true;
  }

  void head(int httpStatus, boolean isStream, Headers headers) {
    status = httpStatus;
    streamed = isStream;
    for (String name : REQUEST_ID_HEADERS) {
      String id = headers.first(name);
      if (id != null) {
        providerRequestId = id;
        return;
      }
    }
  }

  void firstByte() {
    firstByteNanos = System.nanoTime();
  }

  void unreadable() {
    unreadable = true;
  }

  /** An array that is a stream says something with each element. */
  void partial() {
    partial = !streamed;
  }

  void end(Outcome how, @Nullable String code) {
    failure = code;
    endNanos = System.nanoTime();
    outcome = how;
  }

  /** Whether a response of any kind has begun. */
  boolean isAnswered() {
    return status != NO_STATUS;
  }

  /** Whether a response of success has begun. */
  boolean isGranted() {
    return status != NO_STATUS && status < 300;
  }

  boolean isRedirected() {
    return status >= 300 && status < 400;
  }

  boolean isRefused() {
    return status >= 400;
  }

  boolean mayHaveBeenBilled() {
    return status == NO_STATUS ? requestSent : status < 300;
  }

  boolean isReadable() {
    return !unreadable && !partial;
  }

  /** Whether all of the answer was there to be read. */
  boolean isConclusive() {
    return isGranted() && outcome == Outcome.COMPLETED && !unreadable;
  }

  Attempt attempt(Start start, Transcript said, @Nullable String degraded) {
    long first = firstByteNanos;
    int httpStatus = status;
    Call call = start.call();
    return new Attempt(
        EventId.next(),
        call.requestId(),
        start.number(),
        start.at(),
        endNanos - start.nanos(),
        streamed && first != 0 ? first - start.nanos() : null,
        start.route().provider(),
        start.route().endpoint().id(),
        said.requestModel(),
        said.responseModel(),
        said.requestedTier(),
        said.servedTier(),
        streamed || said.streamRequested(),
        said.promptCacheKey(),
        said.reasoningEffort(),
        said.responseId(),
        providerRequestId,
        httpStatus == NO_STATUS ? null : httpStatus,
        errorCode(said),
        outcome,
        start.host(),
        start.port(),
        call.client(),
        call.callSite(),
        call.host().span(),
        null,
        degraded);
  }

  private @Nullable String errorCode(Transcript said) {
    if (failure != null) {
      return failure;
    }
    if (said.errorCode() != null) {
      return said.errorCode();
    }
    return isRefused() ? Integer.toString(status) : null;
  }
}
