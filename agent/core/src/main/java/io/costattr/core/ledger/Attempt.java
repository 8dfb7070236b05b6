package io.costattr.core.ledger;

import io.costattr.core.attribution.HostSpan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was seen on the wire of one HTTP attempt, apart from usage and money. Immutable; durations
 * in nanoseconds.
 *
 * @param eventId the entry's own id (UUIDv7, RFC 9562): every store deduplicates by it
 * @param requestId the logical request, shared by its attempts
 * @param number 1 for the first attempt of a logical request, 2 for its first retry ...
 * @param startedAt when the attempt began
 * @param latencyNanos from the start to the end of the body, its close or the failure
 * @param timeToFirstChunkNanos from the start to the first byte of a streamed body, or null
 * @param provider {@code openai}, {@code azure.ai.openai}, {@code openai-compatible} ...
 * @param endpoint the endpoint, for example {@code chat} or {@code embeddings}
 * @param requestModel the model that the request named, or null
 * @param responseModel the model that the response named, or null
 * @param requestedTier the service tier asked for, or null
 * @param servedTier the service tier served, or null
 * @param stream whether the response was streamed
 * @param promptCacheKey the request's {@code prompt_cache_key}, or null
 * @param reasoningEffort the request's reasoning effort, or null
 * @param responseId the provider's id of the response, or null
 * @param providerRequestId the provider's {@code x-request-id}, or null
 * @param httpStatus the HTTP status, or null when no response came
 * @param errorCode the provider's error code, else the kind of failure ({@code timeout}, {@code
 *     cancelled}, an exception's class name), or null when it succeeded
 * @param outcome how the attempt ended
 * @param serverAddress the host called
 * @param serverPort the port called
 * @param client the highest layer seen with its version where known, {@code openai-java 4.101.0}
 * @param callSite {@code class.method:line} of the nearest application frame, or null
 * @param host the application's own span at the call, or null
 * @param batch the line of a batch job that this is; null for a call of its own
 * @param degraded which budget has made the request cheaper, and what was changed; or null
 */
public record Attempt(
    String eventId,
    String requestId,
    int number,
    Instant startedAt,
    long latencyNanos,
    @Nullable Long timeToFirstChunkNanos,
    String provider,
    String endpoint,
    @Nullable String requestModel,
    @Nullable String responseModel,
    @Nullable String requestedTier,
    @Nullable String servedTier,
    boolean stream,
    @Nullable String promptCacheKey,
    @Nullable String reasoningEffort,
    @Nullable String responseId,
    @Nullable String providerRequestId,
    @Nullable Integer httpStatus,
    @Nullable String errorCode,
    Outcome outcome,
    String serverAddress,
    int serverPort,
    String client,
    @Nullable String callSite,
    @Nullable HostSpan host,
    @Nullable BatchLine batch,
    @Nullable String degraded) {

  /** A call of its own. */
  public Attempt(
      String eventId,
      String requestId,
      int number,
      Instant startedAt,
      long latencyNanos,
      @Nullable Long timeToFirstChunkNanos,
      String provider,
      String endpoint,
      @Nullable String requestModel,
      @Nullable String responseModel,
      @Nullable String requestedTier,
      @Nullable String servedTier,
      boolean stream,
      @Nullable String promptCacheKey,
      @Nullable String reasoningEffort,
      @Nullable String responseId,
      @Nullable String providerRequestId,
      @Nullable Integer httpStatus,
      @Nullable String errorCode,
      Outcome outcome,
      String serverAddress,
      int serverPort,
      String client,
      @Nullable String callSite,
      @Nullable HostSpan host) {
    this(
        eventId,
        requestId,
        number,
        startedAt,
        latencyNanos,
        timeToFirstChunkNanos,
        provider,
        endpoint,
        requestModel,
        responseModel,
        requestedTier,
        servedTier,
        stream,
        promptCacheKey,
        reasoningEffort,
        responseId,
        providerRequestId,
        httpStatus,
        errorCode,
        outcome,
        serverAddress,
        serverPort,
        client,
        callSite,
        host,
        null,
        null);
  }

  /**
   * One request of a batch job.
   *
   * @param jobId the provider's id of the job; null when the job was not seen
   * @param customId the name that the job's maker gave the request
   */
  public record BatchLine(@Nullable String jobId, String customId) {}

  /** How an attempt ended. */
  public enum Outcome {
    /** The body was read to its end, or to its terminal event. */
    COMPLETED,
    /** The application closed or cancelled before the end. */
    ABANDONED,
    /** The connection broke, or no response came. */
    FAILED
  }
}
