package io.costattr.core.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Where a call goes, decided by host and path before anything is wrapped.
 *
 * @param dialect how the host speaks
 * @param provider whose it is: {@code openai}, {@code azure.ai.openai}, {@code openai-compatible}
 * @param endpoint what kind of call it is
 * @param known whether a table or a rule knows the host; an unknown host's exchange counts only
 *     when its request and its response turn out to be a model call's
 * @param pathModel the model, or the file of results, that the path names; or null
 * @param streams whether the path asks for a stream
 */
public record Route(
    Dialect dialect,
    String provider,
    Endpoint endpoint,
    boolean known,
    @Nullable String pathModel,
    boolean streams) {

  /** A call whose body alone says whether it asks for a stream. */
  public Route(
      Dialect dialect,
      String provider,
      Endpoint endpoint,
      boolean known,
      @Nullable String pathModel) {
    this(dialect, provider, endpoint, known, pathModel, false);
  }
}
