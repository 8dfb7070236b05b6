package io.costattr.core.dialect;

import org.jspecify.annotations.Nullable;

/**
 * One element of a breakdown within a usage: the tokens of one modality, or of one of several
 * passes of the model. A count that was not said is 0.
 *
 * @param of which breakdown it belongs to, a field that {@link Field#isPart} is true of
 * @param name the modality or the kind of pass; null when it has none
 */
record Part(
    Field of,
    @Nullable String name,
    long promptTokens,
    long completionTokens,
    long cachedTokens,
    long cacheWriteTokens,
    long cacheWriteLongTokens) {}
