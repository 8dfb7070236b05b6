package io.costattr.core.dialect;

import java.util.Locale;

/** What kind of model call an endpoint is; {@code endpoint} in the event. */
public enum Endpoint {
  CHAT("chat"),
  RESPONSES("chat"),
  /** Questions that a model answers by choosing. */
  DECISIONS("chat"),
  COMPLETIONS("text_completion"),
  EMBEDDINGS("embeddings"),
  IMAGE("image"),
  AUDIO("audio"),
  VIDEO("video"),
  MODERATION("moderation"),
  /** A response on a web socket, in a conversation that the provider keeps. */
  REALTIME("chat"),
  /** A container for code that models run. */
  CONTAINER("container"),
  /** A file is uploaded, which may be the input of a batch job. */
  BATCH_INPUT("batch"),
  /** A batch job is made or looked at. */
  BATCH("batch"),
  /** The results of a batch job are read, or a file that may turn out to be another. */
  BATCH_RESULTS("batch");

  private final String operation;

  Endpoint(String operation) {
    this.operation = operation;
  }

  /** The name in events. */
  public String id() {
    return this == BATCH_INPUT || this == BATCH_RESULTS
        ? BATCH.id()
        : name().toLowerCase(Locale.ROOT);
  }

  /** The GenAI semantic conventions' {@code gen_ai.operation.name}. */
  public String operation() {
    return operation;
  }
}
