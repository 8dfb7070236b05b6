package io.costattr.advice.azure;

import io.costattr.advice.layer.Release;

/** The library's name and version. */
final class AzureOpenAi {
  /** For example {@code azure-ai-openai 1.0.0-beta.16}. */
  static final String CLIENT =
      Release.byMaven(
          "azure-ai-openai", "com.azure.ai.openai.OpenAIClient", "com.azure/azure-ai-openai");

  private AzureOpenAi() {}
}
