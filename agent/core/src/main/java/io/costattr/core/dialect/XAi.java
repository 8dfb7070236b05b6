package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * xAI, which states the exact charge in ticks of 1e-10 dollars, tools and discounts included, and
 * counts reasoning beside the completion: the total tells. Source: xAI's page on cost tracking.
 */
final class XAi implements Accent {
  private static final int DECIMALS_OF_A_TICK = 10;

  static Provider provider() {
    Accent accent = new XAi();
    return new Provider(
        "x_ai",
        List.of("api.x.ai", "*.api.x.ai"),
        List.of(new OpenAiDialect(accent), new AnthropicDialect(accent)));
  }

  @Override
  public void response(JsonShape.Builder shape) {
    shape
        .value("usage.cost_in_usd_ticks", Field.CHARGE.id())
        .value("response.usage.cost_in_usd_ticks", Field.CHARGE.id());
  }

  @Override
  public boolean hasReasoningOutside() {
    return true;
  }

  @Override
  public @Nullable Long charge(Reading response) {
    return Charge.picoUsd(response, Field.CHARGE, DECIMALS_OF_A_TICK);
  }
}
