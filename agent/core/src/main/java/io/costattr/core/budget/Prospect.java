package io.costattr.core.budget;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.usage.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that is about to be made: what is known of it before anything is sent. What is not known
 * is left out, and then estimated from above. Immutable.
 *
 * @param who who pays, defaults included
 * @param provider {@code openai}, {@code azure.ai.openai} ...
 * @param openAiDialect whether models without rows of the provider's are priced as OpenAI's
 * @param serverAddress the host to be called, or null
 * @param endpoint {@code chat}, {@code embeddings} ... as in events
 * @param model the model that the request (or its path) names, of an Azure deployment the one it is
 *     configured to be of; null when it is not known: then a price cannot be had, and only calls
 *     are counted ahead
 * @param serviceTier the tier asked for, by the dialect's name of it; null when none was
 * @param textBytes bytes of text that the model is to read, 0 when that is not known; tokens are
 *     estimated from them, by what earlier calls of the site taught
 * @param mediaTokens the most input tokens that images and sounds of the request can be; 0 for none
 * @param outputLimit the request's own maximum of output tokens, 0 where the endpoint gives none
 *     (embeddings); {@link #UNLIMITED} when the request sets none
 * @param besides what the request asks for that is not paid for by the token (pictures, seconds),
 *     as {@code Besides.asked} has it; or null
 * @param callSite {@code class.method:line} of the nearest frame of the application, or null: then
 *     feature, route and model stand for it
 * @param key the keyed fingerprint of the provider's key that the call is made with, or null
 * @param prompt the keyed fingerprint of the prompt, 0 when there is none
 * @param at now
 */
public record Prospect(
    ResolvedAttribution who,
    String provider,
    boolean openAiDialect,
    @Nullable String serverAddress,
    String endpoint,
    @Nullable String model,
    @Nullable String serviceTier,
    long textBytes,
    long mediaTokens,
    long outputLimit,
    @Nullable Usage besides,
    @Nullable String callSite,
    @Nullable String key,
    long prompt,
    Instant at) {

  /** The request sets no maximum of output tokens. */
  public static final long UNLIMITED = -1;

  /** A call of which nothing is known but who pays. */
  static Prospect by(ResolvedAttribution who, Instant at) {
    return new Prospect(
        who, "", false, null, "", null, null, 0, 0, UNLIMITED, null, null, null, 0, at);
  }

  /** The same payer's call to such a model. */
  Prospect to(@Nullable String newModel, String newProvider, String newEndpoint) {
    return new Prospect(
        who,
        newProvider,
        openAiDialect,
        serverAddress,
        newEndpoint,
        newModel,
        serviceTier,
        textBytes,
        mediaTokens,
        outputLimit,
        besides,
        callSite,
        key,
        prompt,
        at);
  }
}
