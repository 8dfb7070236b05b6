package io.costattr.core.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Google's Vertex AI: Gemini's dialect, Anthropic's for its models, and OpenAI's, in which the
 * names of models begin with their publisher's.
 */
final class VertexAi implements Accent {
  private static final String GOOGLE = "google/";

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
            new OpenAiDialect(new VertexAi())));
  }

  @Override
  public boolean hasReasoningOutside() {
    return true;
  }

  @Override
  public @Nullable String deploymentModel(String requested) {
    return requested.startsWith(GOOGLE) ? requested.substring(GOOGLE.length()) : null;
  }
}
