package io.costattr.core.price;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of an attempt, besides its usage, to price it. Immutable.
 *
 * @param provider {@code openai}, {@code azure.ai.openai}, {@code openai-compatible} ...
 * @param openAiDialect whether the provider speaks OpenAI's dialect: then a model for which it has
 *     no rows of its own is priced as OpenAI's model of that name
 * @param responseModel the model that the response named, or null
 * @param requestModel the model that the request named, or null
 * @param servedTier the service tier that the response named, {@code batch} for a line of a batch;
 *     or null
 * @param requestedTier the service tier that the request named, or null
 * @param at when the attempt began: the rates in force then are taken
 * @param serverAddress the host called, or null
 * @param deploymentModel the model that the user says the deployment called is one of, or null;
 *     asked after the response's and before the request's
 * @param inferenceRegion where the provider says that it ran the model, Anthropic's {@code
 *     inference_geo}; or null. In {@code us} a row's regional uplift applies
 */
public record PriceQuery(
    String provider,
    boolean openAiDialect,
    @Nullable String responseModel,
    @Nullable String requestModel,
    @Nullable String servedTier,
    @Nullable String requestedTier,
    Instant at,
    @Nullable String serverAddress,
    @Nullable String deploymentModel,
    @Nullable String inferenceRegion) {

  /** A call without a deployment and of no known region. */
  public PriceQuery(
      String provider,
      boolean openAiDialect,
      @Nullable String responseModel,
      @Nullable String requestModel,
      @Nullable String servedTier,
      @Nullable String requestedTier,
      Instant at,
      @Nullable String serverAddress) {
    this(
        provider,
        openAiDialect,
        responseModel,
        requestModel,
        servedTier,
        requestedTier,
        at,
        serverAddress,
        null,
        null);
  }

  /**
   * What another model did for the same call. It has no tiers; but a batch is one as a whole.
   *
   * @param model the other model's name, or null
   */
  public PriceQuery of(@Nullable String model) {
    return new PriceQuery(
        provider,
        openAiDialect,
        model == null ? "" : model,
        null,
        "batch".equals(servedTier) ? servedTier : null,
        null,
        at,
        serverAddress,
        null,
        inferenceRegion);
  }
}
