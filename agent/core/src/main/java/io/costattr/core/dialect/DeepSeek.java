package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.util.List;

/** DeepSeek, which says cached tokens by names of its own, at times only by them. */
final class DeepSeek implements Accent {

  static Provider provider() {
    Accent accent = new DeepSeek();
    return new Provider(
        "deepseek",
        List.of("api.deepseek.com"),
        List.of(new OpenAiDialect(accent), new AnthropicDialect(accent)));
  }

  @Override
  public void response(JsonShape.Builder shape) {
    shape.value("usage.prompt_cache_hit_tokens", Field.CACHED_TOKENS.id());
  }
}
