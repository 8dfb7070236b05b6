package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's own API: documents by the line, the last of which says that it is done, and how many
 * tokens were evaluated. Streams unless told otherwise. Source: Ollama's API document.
 */
final class OllamaDialect implements Dialect {
  private static final JsonShape REQUEST =
      JsonShape.builder()
          .value("model", Field.REQUEST_MODEL.id())
          .value("stream", Field.STREAM.id())
          .value("think", Field.REASONING_EFFORT.id())
          .presence("messages", Field.PROMPT.id())
          .presence("prompt", Field.PROMPT.id())
          .presence("input", Field.PROMPT.id())
          .text("messages[].content", Field.PROMPT_TEXT.id())
          .text("system", Field.PROMPT_TEXT.id())
          .text("prompt", Field.PROMPT_TEXT.id())
          .text("input", Field.PROMPT_TEXT.id())
          .text("input[]", Field.PROMPT_TEXT.id())
          .build();

  private static final JsonShape RESPONSE =
      JsonShape.builder()
          .value("model", Field.RESPONSE_MODEL.id())
          .presence("message", Field.ANSWER.id())
          .presence("response", Field.ANSWER.id())
          .presence("embeddings", Field.ANSWER.id())
          .text("message.content", Field.ANSWER_TEXT.id())
          .text("message.thinking", Field.ANSWER_TEXT.id())
          .text("response", Field.ANSWER_TEXT.id())
          .text("thinking", Field.ANSWER_TEXT.id())
          .value("done", Field.FINISH.id())
          .presence("error", Field.ERROR.id())
          .value("prompt_eval_count", Field.PROMPT_TOKENS.id())
          .value("eval_count", Field.COMPLETION_TOKENS.id())
          .build();

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
    if (path.endsWith("/api/chat")) {
      return Endpoint.CHAT;
    }
    if (path.endsWith("/api/generate")) {
      return Endpoint.COMPLETIONS;
    }
    return path.endsWith("/api/embed") ? Endpoint.EMBEDDINGS : null;
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    Account account = Account.close(route, request, response, counted(route, response), true, null);
    return Transcript.of(route, request, response, null, account);
  }

  /** Many an application has an /api/chat of its own: only an answer in these words is Ollama's. */
  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return request.has(Field.REQUEST_MODEL)
        && request.has(Field.PROMPT)
        && response.has(Field.RESPONSE_MODEL)
        && (response.has(Field.FINISH) || response.has(Field.PROMPT_TOKENS));
  }

  @Override
  public boolean hasOpenAiModels() {
    return false;
  }

  @Override
  public boolean isTerminal(Reading response) {
    return response.isTrue(Field.FINISH) || response.has(Field.ERROR);
  }

  @Override
  public boolean reportsUsage(Route route, Reading response) {
    return counted(route, response) != null;
  }

  /** A prompt that was evaluated before is not counted again, and then its count is missing. */
  private static @Nullable Counted counted(Route route, Reading response) {
    Long prompt = response.number(Field.PROMPT_TOKENS);
    Long completion = response.number(Field.COMPLETION_TOKENS);
    if (completion == null && route.endpoint() == Endpoint.EMBEDDINGS) {
      completion = 0L;
    }
    if (!response.hasSoundCounts() || prompt == null || completion == null) {
      return null;
    }
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, prompt)
            .set(Meter.OUTPUT, completion)
            .reported(response.reported());
    return Counted.of(usage, true);
  }
}
