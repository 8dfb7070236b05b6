package io.costattr.core.dialect;

import java.util.List;

/** Google's Gemini API; its compatible endpoint says thinking tokens in the total alone. */
final class Gemini implements Accent {

  static Provider provider() {
    return new Provider(
        "gcp.gemini",
        List.of("generativelanguage.googleapis.com"),
        List.of(new GeminiDialect(), new OpenAiDialect(new Gemini())));
  }

  @Override
  public boolean hasReasoningOutside() {
    return true;
  }
}
