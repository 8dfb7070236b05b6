package io.costattr.core.dialect;

import java.util.List;

/** OpenAI, with its hosts that keep data in a region. */
final class OpenAi implements Accent {

  static Provider provider() {
    return new Provider(
        "openai",
        List.of("api.openai.com", "*.api.openai.com"),
        List.of(new OpenAiDialect(new OpenAi()), new BatchDialect(new OpenAi())));
  }

  @Override
  public boolean hasOpenAiModels() {
    return true;
  }
}
