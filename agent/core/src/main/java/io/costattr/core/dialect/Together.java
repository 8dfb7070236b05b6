package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.util.List;

/**
 * Together AI, which says cached tokens beside the prompt's and not within its details. Its hosts
 * for one geography ({@code us-api.together.ai}) cost more than the book's prices, and are left to
 * the user's rules and prices.
 */
final class Together implements Accent {

  static Provider provider() {
    return new Provider(
        "together",
        List.of("api.together.xyz", "api.together.ai"),
        List.of(new OpenAiDialect(new Together())));
  }

  @Override
  public void response(JsonShape.Builder shape) {
    shape.value("usage.cached_tokens", Field.CACHED_TOKENS.id());
  }
}
