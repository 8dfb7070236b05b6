package io.costattr.core.batch;

import io.costattr.core.attribution.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a batch job's input file said, as far as it is kept.
 *
 * @param attribution who pays for it, as far as it says so
 * @param pictureModel the model that is to make pictures; null when it names none, or asks for
 *     something else
 */
public record RequestLine(Attribution attribution, @Nullable String pictureModel) {
  /** Says nothing. */
  static final RequestLine SILENT = new RequestLine(Attribution.NONE, null);
}
