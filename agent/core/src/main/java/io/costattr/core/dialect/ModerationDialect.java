package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import org.jspecify.annotations.Nullable;

/**
 * Moderation, which OpenAI does not bill: there is an entry nonetheless. A model of another
 * provider's says by its usage what it has read. Sources: OpenAI's OpenAPI document and price page.
 */
final class ModerationDialect extends MediaDialect {

  ModerationDialect(Accent accent) {
    super(accent);
  }

  @Override
  void askRequest(JsonShape.Builder shape) {
    shape.presence("input", Field.PROMPT.id());
  }

  @Override
  void askResponse(JsonShape.Builder shape) {
    shape.presence("results", Field.ANSWER.id());
    OpenAiUsage.ask(shape, "usage");
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    return method.equals("POST") && Paths.endsWith(path, "/moderations")
        ? Endpoint.MODERATION
        : null;
  }

  @Override
  @Nullable Counted counted(Route route, Reading request, Reading response) {
    return OpenAiUsage.isSound(response)
        ? OpenAiUsage.text(response, response.numberOrZero(Field.COMPLETION_TOKENS))
        : null;
  }

  @Override
  Besides besides(Route route, Reading request, Reading response) {
    String model = response.string(Field.RESPONSE_MODEL);
    if (model == null) {
      model = requestedModel(route, request);
    }
    boolean free =
        hasOpenAiModels()
            && !response.has(Field.USAGE)
            && (model == null
                || model.startsWith("omni-moderation")
                || model.startsWith("text-moderation"));
    return free ? Besides.FREE : Besides.NOTHING;
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return request.has(Field.PROMPT)
        && (conclusive ? response.has(Field.ANSWER) : request.has(Field.REQUEST_MODEL));
  }
}
