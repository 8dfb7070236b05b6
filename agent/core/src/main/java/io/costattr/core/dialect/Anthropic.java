package io.costattr.core.dialect;

import java.util.List;

/** Anthropic, on its own hosts and on AWS; it also takes chat completions in OpenAI's dialect. */
final class Anthropic implements Accent {

  static Provider provider() {
    Accent accent = new Anthropic();
    return new Provider(
        "anthropic",
        List.of("api.anthropic.com", "aws-external-anthropic.*.api.aws"),
        List.of(new AnthropicDialect(accent), new OpenAiDialect(accent)));
  }

  /** {@code priority} is capacity that was paid in advance: it has no rate per token. */
  @Override
  public String tier(String name) {
    return switch (name) {
      case "standard", "standard_only" -> "default";
      case "priority" -> "committed";
      default -> name;
    };
  }
}
