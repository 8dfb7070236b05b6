package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.util.List;

/**
 * vLLM, which has no port of its own and is known by a rule. Asked for {@code
 * continuous_usage_stats}, it reports running totals on every chunk: the last of a stream that was
 * cut is not the whole.
 */
final class Vllm implements Accent {

  static Provider provider() {
    Accent accent = new Vllm();
    return new Provider(
        "vllm", List.of(), List.of(new OpenAiDialect(accent), new AnthropicDialect(accent)));
  }

  @Override
  public void response(JsonShape.Builder shape) {
    OpenAiDialect.end(shape);
  }

  @Override
  public boolean isLast(Reading response) {
    return OpenAiDialect.hasEnded(response);
  }
}
