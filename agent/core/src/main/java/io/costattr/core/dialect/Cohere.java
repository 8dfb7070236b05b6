package io.costattr.core.dialect;

import java.util.List;

/** Cohere, with an endpoint that speaks as OpenAI does. */
final class Cohere implements Accent {

  static Provider provider() {
    return new Provider(
        "cohere",
        List.of("api.cohere.com", "api.cohere.ai"),
        List.of(new CohereDialect(), new OpenAiDialect(new Cohere())));
  }
}
