package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's messages. Input tokens exclude what was read from the cache and what was written to
 * it; output tokens include thinking. A stream tells its input at its start, in {@code
 * message_start}, and replaces what it names of that at its end, in {@code message_delta}. Passes
 * of the model that compacted the conversation are listed and not part of the totals. Sources:
 * Anthropic's API reference, its page on compaction, and recorded traffic.
 */
final class AnthropicDialect implements Dialect {
  private static final JsonShape REQUEST =
      JsonShape.builder()
          .value("model", Field.REQUEST_MODEL.id())
          .value("stream", Field.STREAM.id())
          .value("service_tier", Field.REQUESTED_TIER.id())
          .value("output_config.effort", Field.REASONING_EFFORT.id())
          .presence("messages", Field.PROMPT.id())
          .text("system", Field.PROMPT_TEXT.id())
          .text("system[].text", Field.PROMPT_TEXT.id())
          .text("messages[].content", Field.PROMPT_TEXT.id())
          .text("messages[].content[].text", Field.PROMPT_TEXT.id())
          .text("messages[].content[].content", Field.PROMPT_TEXT.id())
          .text("messages[].content[].content[].text", Field.PROMPT_TEXT.id())
          .build();

  private final Accent accent;
  private volatile @Nullable JsonShape responseShape;

  AnthropicDialect(Accent accent) {
    this.accent = accent;
  }

  private static JsonShape response(Accent accent) {
    JsonShape.Builder shape =
        JsonShape.builder()
            .value("type", Field.EVENT_TYPE.id())
            .presence("content", Field.ANSWER.id())
            .presence("message.content", Field.ANSWER.id())
            .text("content[].text", Field.ANSWER_TEXT.id())
            .text("content[].thinking", Field.ANSWER_TEXT.id())
            .text("delta.text", Field.ANSWER_TEXT.id())
            .text("delta.thinking", Field.ANSWER_TEXT.id())
            .text("delta.partial_json", Field.ANSWER_TEXT.id())
            .presence("error", Field.ERROR.id())
            .value("error.type", Field.ERROR_TYPE.id());
    body(shape, "", Field.FINAL_USAGE);
    body(shape, "message.", Field.USAGE);
    accent.response(shape);
    return shape.build();
  }

  /** A message stands alone, or in the event that begins a stream. */
  private static void body(JsonShape.Builder shape, String at, Field kind) {
    String usage = at + "usage";
    shape
        .value(at + "id", Field.RESPONSE_ID.id())
        .value(at + "model", Field.RESPONSE_MODEL.id())
        .presence(usage, kind.id())
        .close(usage, kind.id())
        .value(usage + ".service_tier", Field.SERVED_TIER.id())
        .value(usage + ".inference_geo", Field.INFERENCE_REGION.id())
        .value(usage + ".speed", Field.SPEED.id())
        .value(usage + ".input_tokens", Field.PROMPT_TOKENS.id())
        .value(usage + ".cache_read_input_tokens", Field.CACHED_TOKENS.id())
        .value(usage + ".cache_creation_input_tokens", Field.CACHE_WRITE_TOKENS.id())
        .value(
            usage + ".cache_creation.ephemeral_5m_input_tokens",
            Field.CACHE_WRITE_SHORT_TOKENS.id())
        .value(
            usage + ".cache_creation.ephemeral_1h_input_tokens", Field.CACHE_WRITE_LONG_TOKENS.id())
        .value(usage + ".output_tokens", Field.COMPLETION_TOKENS.id())
        .value(usage + ".output_tokens_details.thinking_tokens", Field.REASONING_TOKENS.id())
        .value(usage + ".server_tool_use.web_search_requests", Field.WEB_SEARCHES.id());
    String pass = usage + ".iterations[]";
    shape
        .close(pass, Field.ITERATION.id())
        .value(pass + ".type", Field.PART_NAME.id())
        .value(pass + ".input_tokens", Field.PART_PROMPT_TOKENS.id())
        .value(pass + ".output_tokens", Field.PART_COMPLETION_TOKENS.id())
        .value(pass + ".cache_read_input_tokens", Field.PART_CACHED_TOKENS.id())
        .value(pass + ".cache_creation_input_tokens", Field.PART_CACHE_WRITE_TOKENS.id())
        .value(
            pass + ".cache_creation.ephemeral_1h_input_tokens",
            Field.PART_CACHE_WRITE_LONG_TOKENS.id());
  }

  @Override
  public JsonShape requestShape() {
    return REQUEST;
  }

  @Override
  public JsonShape responseShape() {
    JsonShape shape = responseShape;
    if (shape == null) {
      shape = response(accent);
      responseShape = shape;
    }
    return shape;
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    boolean message =
        path.endsWith("/messages")
            || ((path.endsWith(":rawPredict") || path.endsWith(":streamRawPredict"))
                && isVertex(path));
    return message && method.equals("POST") ? Endpoint.CHAT : null;
  }

  @Override
  public @Nullable String pathModel(String path) {
    return isVertex(path) ? GeminiDialect.modelOf(path) : null;
  }

  private static boolean isVertex(String path) {
    return path.contains("/publishers/anthropic/models/");
  }

  @Override
  public boolean streams(String path) {
    return path.endsWith(":streamRawPredict");
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    Account account =
        Account.close(
            route,
            request,
            response,
            counted(response),
            response.has(Field.FINAL_USAGE),
            accent.charge(response));
    String speed = response.string(Field.SPEED);
    String tier = "fast".equals(speed) ? speed : response.string(Field.SERVED_TIER);
    return Transcript.of(route, request, response, tier, account);
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return request.has(Field.REQUEST_MODEL)
        && request.has(Field.PROMPT)
        && (!conclusive
            || response.has(Field.FINAL_USAGE)
            || response.has(Field.USAGE)
            || response.has(Field.ERROR));
  }

  @Override
  public boolean hasOpenAiModels() {
    return accent.hasOpenAiModels();
  }

  @Override
  public String tier(String name) {
    return accent.tier(name);
  }

  @Override
  public boolean isTerminal(Reading response) {
    return response.has(Field.ERROR) || "message_stop".equals(response.string(Field.EVENT_TYPE));
  }

  @Override
  public String exhausted(String message, String type, String code) {
    return ErrorBody.anthropic(message, code);
  }

  @Override
  public boolean reportsUsage(Route route, Reading response) {
    return response.has(Field.FINAL_USAGE) && counted(response) != null;
  }

  private static @Nullable Counted counted(Reading response) {
    Long input = response.number(Field.PROMPT_TOKENS);
    Long output = response.number(Field.COMPLETION_TOKENS);
    if (!response.hasSoundUsage()
        || !response.hasSoundCounts()
        || input == null
        || output == null) {
      return null;
    }
    long cached = response.numberOrZero(Field.CACHED_TOKENS);
    long longWrite = response.numberOrZero(Field.CACHE_WRITE_LONG_TOKENS);
    long shortWrite = response.numberOrZero(Field.CACHE_WRITE_SHORT_TOKENS);
    Long written = response.number(Field.CACHE_WRITE_TOKENS);
    boolean addsUp =
        written == null
            || shortWrite + longWrite == written
            // Without a breakdown everything was written for the usual five minutes.
            || !response.has(Field.CACHE_WRITE_SHORT_TOKENS);
    if (written != null) {
      shortWrite = written - longWrite;
    }
    boolean known = true;
    for (Part pass : response.parts()) {
      if ("compaction".equals(pass.name())) {
        input += pass.promptTokens();
        output += pass.completionTokens();
        cached += pass.cachedTokens();
        shortWrite += pass.cacheWriteTokens() - pass.cacheWriteLongTokens();
        longWrite += pass.cacheWriteLongTokens();
      } else if (!"message".equals(pass.name())) {
        // An advisor's, which is another model, or something newer than this code.
        known = false;
      }
    }
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, input)
            .set(Meter.CACHED_INPUT, cached)
            .set(Meter.CACHE_WRITE, shortWrite)
            .set(Meter.CACHE_WRITE_LONG, longWrite)
            .set(Meter.OUTPUT, output)
            .set(Meter.WEB_SEARCH_CALL, response.numberOrZero(Field.WEB_SEARCHES))
            .reported(response.reported());
    Counted counted = Counted.of(usage, addsUp);
    return known ? counted : counted.unpriceable();
  }
}
