package io.costattr.core.dialect;

import java.util.List;

/** Google's Vertex AI: Gemini's dialect, Anthropic's for its models, and OpenAI's. */
final class VertexAi {
  private VertexAi() {}

  static Provider provider() {
    return new Provider(
        "gcp.vertex_ai",
        List.of(
            "aiplatform.googleapis.com",
            "*-aiplatform.googleapis.com",
            "aiplatform.*.rep.googleapis.com"),
        List.of(
            new GeminiDialect(),
            new AnthropicDialect(new Anthropic()),
            new OpenAiDialect(new Gemini())));
  }
}
