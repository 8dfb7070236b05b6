package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenRouter, which states what it charges, in dollars. With the caller's own key for the provider
 * behind it, that is OpenRouter's fee alone, and what the provider charges to that key is stated
 * beside it; without, the latter is part of the former. Source: OpenRouter's page on usage
 * accounting.
 */
final class OpenRouter implements Accent {

  static Provider provider() {
    Accent accent = new OpenRouter();
    return new Provider(
        "openrouter",
        List.of("openrouter.ai"),
        List.of(new OpenAiDialect(accent), new AnthropicDialect(accent)));
  }

  @Override
  public void response(JsonShape.Builder shape) {
    for (String usage : new String[] {"usage", "response.usage"}) {
      shape
          .value(usage + ".cost", Field.CHARGE.id())
          .value(usage + ".is_byok", Field.OWN_KEY.id())
          .value(usage + ".cost_details.upstream_inference_cost", Field.UPSTREAM_CHARGE.id());
    }
    shape.text("choices[].delta.reasoning", Field.ANSWER_TEXT.id());
  }

  @Override
  public @Nullable Long charge(Reading response) {
    Long charge = Charge.picoUsd(response, Field.CHARGE, 0);
    if (charge == null || !response.isTrue(Field.OWN_KEY)) {
      return charge;
    }
    Long upstream = Charge.picoUsd(response, Field.UPSTREAM_CHARGE, 0);
    return upstream == null ? null : Long.valueOf(charge + upstream);
  }
}
