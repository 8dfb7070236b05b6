package io.costattr.advice.springai;

import io.costattr.advice.layer.Release;

/** The library's name and version. */
final class SpringAi {
  /** For example {@code spring-ai 1.1.8}. */
  static final String CLIENT =
      Release.byManifest(
          "spring-ai", "org.springframework.ai.openai.OpenAiChatModel", "spring-ai-openai");

  private SpringAi() {}
}
