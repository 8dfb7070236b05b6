package io.costattr.core.dialect;

import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What one exchange said, in the terms of the ledger; a null is something that was not said.
 *
 * @param pending whether the provider has only accepted the work and will answer elsewhere
 * @param errorCode the provider's error code or type
 * @param usage what the provider reported at the end
 * @param interim what it had reported when the stream broke off before its end: the input is all
 *     there, of the output only what had been counted till then; null where {@code usage} is known
 * @param chargePicoUsd the provider's own charge in pico-USD (1e-12 USD)
 * @param deploymentModel the model that the configuration says the deployment called is one of
 * @param inferenceRegion where the provider says that it ran the model
 * @param besides what was said of quantities besides the usage
 * @param anomaly the gravest thing that is wrong with what was said
 */
public record Transcript(
    boolean pending,
    boolean streamRequested,
    @Nullable String requestModel,
    @Nullable String responseModel,
    @Nullable String requestedTier,
    @Nullable String servedTier,
    @Nullable String promptCacheKey,
    @Nullable String reasoningEffort,
    @Nullable String responseId,
    @Nullable String errorCode,
    @Nullable Usage usage,
    @Nullable Usage interim,
    @Nullable Long chargePicoUsd,
    @Nullable String deploymentModel,
    @Nullable String inferenceRegion,
    Besides besides,
    @Nullable Anomaly anomaly) {

  /** What both sides said under the names that every dialect has, with what its arithmetic made. */
  static Transcript of(
      Route route,
      Reading request,
      Reading response,
      @Nullable String servedTier,
      Account account) {
    String requestModel = request.string(Field.REQUEST_MODEL);
    return new Transcript(
        false,
        route.streams() || request.isTrue(Field.STREAM),
        requestModel != null ? requestModel : route.pathModel(),
        response.string(Field.RESPONSE_MODEL),
        request.string(Field.REQUESTED_TIER),
        servedTier,
        request.string(Field.PROMPT_CACHE_KEY),
        request.string(Field.REASONING_EFFORT),
        response.string(Field.RESPONSE_ID),
        response.errorCode(),
        account.usage(),
        account.interim(),
        account.chargePicoUsd(),
        null,
        response.string(Field.INFERENCE_REGION),
        Besides.limit(request.number(Field.OUTPUT_LIMIT)),
        account.anomaly());
  }

  /** The same with what was said of quantities besides the usage. */
  Transcript with(Besides otherBesides) {
    return copy(servedTier, otherBesides);
  }

  /** The same, served in another tier than the response says. */
  Transcript servedAs(String tier) {
    return copy(tier, besides);
  }

  private Transcript copy(@Nullable String tier, Besides otherBesides) {
    return new Transcript(
        pending,
        streamRequested,
        requestModel,
        responseModel,
        requestedTier,
        tier,
        promptCacheKey,
        reasoningEffort,
        responseId,
        errorCode,
        usage,
        interim,
        chargePicoUsd,
        deploymentModel,
        inferenceRegion,
        otherBesides,
        anomaly);
  }
}
