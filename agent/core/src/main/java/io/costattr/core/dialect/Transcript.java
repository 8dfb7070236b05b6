package io.costattr.core.dialect;

import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What one exchange said, in the terms of the ledger; a null is something that was not said.
 *
 * @param pending whether the provider has only accepted the work and will answer elsewhere
 * @param errorCode the provider's error code or type
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
    @Nullable Usage usage) {}
