package io.costattr.advice.langchain4j;

import io.costattr.advice.layer.Release;

/** The library's name and version. */
final class LangChain4j {
  /** For example {@code langchain4j 1.19.0}, the version of its core. */
  static final String CLIENT =
      Release.byMaven(
          "langchain4j",
          "dev.langchain4j.data.message.ChatMessage",
          "dev.langchain4j/langchain4j-core");

  private LangChain4j() {}
}
