package io.costattr.core.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A batch job as the provider tells of it.
 *
 * @param id the provider's id of the job
 * @param inputFile the file with the requests; null when that is not said
 * @param outputFile the file with the answers; null until there is one
 * @param errorFile the file with the requests that failed; null when there is none
 */
public record BatchJob(
    String id,
    @Nullable String inputFile,
    @Nullable String outputFile,
    @Nullable String errorFile) {}
