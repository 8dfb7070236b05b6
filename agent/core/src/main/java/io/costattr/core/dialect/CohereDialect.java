package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Cohere's chat and embed, version 2 and what version 1 has in common with it. Billed units are
 * what the invoice counts; the tokens beside them include some that Cohere adds and does not bill.
 * No response names its model. Source: Cohere's page on its pricing.
 */
final class CohereDialect implements Dialect {
  private static final JsonShape REQUEST =
      JsonShape.builder()
          .value("model", Field.REQUEST_MODEL.id())
          .value("stream", Field.STREAM.id())
          .presence("messages", Field.PROMPT.id())
          .presence("message", Field.PROMPT.id())
          .presence("texts", Field.PROMPT.id())
          .presence("inputs", Field.PROMPT.id())
          .text("messages[].content", Field.PROMPT_TEXT.id())
          .text("messages[].content[].text", Field.PROMPT_TEXT.id())
          .text("message", Field.PROMPT_TEXT.id())
          .text("texts[]", Field.PROMPT_TEXT.id())
          .text("inputs[].content[].text", Field.PROMPT_TEXT.id())
          .build();

  private static final JsonShape RESPONSE = response();

  private static JsonShape response() {
    JsonShape.Builder shape =
        JsonShape.builder()
            .value("id", Field.RESPONSE_ID.id())
            .value("type", Field.EVENT_TYPE.id())
            .presence("message", Field.ANSWER.id())
            .presence("embeddings", Field.ANSWER.id())
            .presence("text", Field.ANSWER.id())
            .text("message.content[].text", Field.ANSWER_TEXT.id())
            .text("message.content[].thinking", Field.ANSWER_TEXT.id())
            .text("delta.message.content.text", Field.ANSWER_TEXT.id())
            .text("delta.message.content.thinking", Field.ANSWER_TEXT.id())
            .text("delta.message.tool_calls.function.arguments", Field.ANSWER_TEXT.id())
            .text("text", Field.ANSWER_TEXT.id())
            .presence("delta.error", Field.ERROR.id());
    for (String usage : new String[] {"usage", "meta", "delta.usage", "response.meta"}) {
      shape
          .presence(usage, Field.USAGE.id())
          .close(usage, Field.USAGE.id())
          .value(usage + ".billed_units.input_tokens", Field.PROMPT_TOKENS.id())
          .value(usage + ".billed_units.output_tokens", Field.COMPLETION_TOKENS.id())
          .value(usage + ".cached_tokens", Field.CACHED_TOKENS.id());
    }
    return shape.build();
  }

  @Override
  public JsonShape requestShape() {
    return REQUEST;
  }

  @Override
  public JsonShape responseShape() {
    return RESPONSE;
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    if (!method.equals("POST")) {
      return null;
    }
    if (path.endsWith("/v2/chat") || path.endsWith("/v1/chat")) {
      return Endpoint.CHAT;
    }
    return path.endsWith("/v2/embed") || path.endsWith("/v1/embed") ? Endpoint.EMBEDDINGS : null;
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    Account account = Account.close(route, request, response, counted(route, response), true, null);
    return Transcript.of(route, request, response, null, account);
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return request.has(Field.REQUEST_MODEL)
        && request.has(Field.PROMPT)
        && response.has(Field.USAGE);
  }

  @Override
  public boolean hasOpenAiModels() {
    return false;
  }

  @Override
  public boolean isTerminal(Reading response) {
    return "message-end".equals(response.string(Field.EVENT_TYPE));
  }

  @Override
  public boolean reportsUsage(Route route, Reading response) {
    return counted(route, response) != null;
  }

  private static @Nullable Counted counted(Route route, Reading response) {
    Long input = response.number(Field.PROMPT_TOKENS);
    Long output = response.number(Field.COMPLETION_TOKENS);
    if (output == null && route.endpoint() == Endpoint.EMBEDDINGS) {
      output = 0L;
    }
    if (!response.hasSoundUsage()
        || !response.hasSoundCounts()
        || input == null
        || output == null) {
      return null;
    }
    // No price page has a rate for cached tokens: they are billed as the others.
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, input)
            .set(Meter.OUTPUT, output)
            .reported(response.reported());
    return Counted.of(usage, true);
  }
}
