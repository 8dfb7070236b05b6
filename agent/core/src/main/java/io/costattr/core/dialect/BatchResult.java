package io.costattr.core.dialect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch job's results: what one of its requests was answered.
 *
 * @param id the provider's id of the line, unique everywhere; null when it has none
 * @param customId the name that the job's maker gave the request
 * @param createdAt when the answer was made, or null
 * @param httpStatus what the request would have been answered with; null when it was not carried
 *     out
 * @param requestId the provider's id of the request, or null
 * @param said what the answer says, served as a batch
 */
public record BatchResult(
    @Nullable String id,
    String customId,
    @Nullable Instant createdAt,
    @Nullable Integer httpStatus,
    @Nullable String requestId,
    Transcript said) {}
