package io.costattr.core.dialect;

import java.util.List;

/** Cerebras, which speaks as OpenAI does. */
final class Cerebras implements Accent {

  static Provider provider() {
    return new Provider(
        "cerebras", List.of("api.cerebras.ai"), List.of(new OpenAiDialect(new Cerebras())));
  }
}
