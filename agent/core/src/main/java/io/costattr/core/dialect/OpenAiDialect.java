package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's own dialect, which most compatible hosts speak: chat completions, responses, legacy
 * completions and embeddings. Sources: OpenAI's OpenAPI document and recorded traffic.
 */
final class OpenAiDialect implements Dialect {
  private static final JsonShape REQUEST =
      JsonShape.builder()
          .value("model", Field.REQUEST_MODEL.id())
          .value("stream", Field.STREAM.id())
          .value("background", Field.BACKGROUND.id())
          .value("stream_options.include_usage", Field.INCLUDE_USAGE.id())
          .value("service_tier", Field.REQUESTED_TIER.id())
          .value("reasoning_effort", Field.REASONING_EFFORT.id())
          .value("reasoning.effort", Field.REASONING_EFFORT.id())
          .value("prompt_cache_key", Field.PROMPT_CACHE_KEY.id())
          .presence("messages", Field.PROMPT.id())
          .presence("input", Field.PROMPT.id())
          .presence("prompt", Field.PROMPT.id())
          .text("messages[].content", Field.PROMPT_TEXT.id())
          .text("messages[].content[].text", Field.PROMPT_TEXT.id())
          .text("instructions", Field.PROMPT_TEXT.id())
          .text("input", Field.PROMPT_TEXT.id())
          .text("input[]", Field.PROMPT_TEXT.id())
          .text("input[].content", Field.PROMPT_TEXT.id())
          .text("input[].content[].text", Field.PROMPT_TEXT.id())
          .text("prompt", Field.PROMPT_TEXT.id())
          .text("prompt[]", Field.PROMPT_TEXT.id())
          .build();

  private final Accent accent;

  /** Built with the first response: few of the providers are ever called. */
  private volatile @Nullable JsonShape responseShape;

  OpenAiDialect(Accent accent) {
    this.accent = accent;
  }

  private static JsonShape response(Accent accent) {
    JsonShape.Builder shape =
        JsonShape.builder()
            .value("type", Field.EVENT_TYPE.id())
            .value("code", Field.ERROR_CODE.id())
            .presence("choices", Field.ANSWER.id())
            .presence("output", Field.ANSWER.id())
            .presence("response", Field.ANSWER.id())
            .text("choices[].delta.content", Field.ANSWER_TEXT.id())
            .text("choices[].delta.refusal", Field.ANSWER_TEXT.id())
            .text("choices[].delta.reasoning_content", Field.ANSWER_TEXT.id())
            .text("choices[].delta.tool_calls[].function.name", Field.ANSWER_TEXT.id())
            .text("choices[].delta.tool_calls[].function.arguments", Field.ANSWER_TEXT.id())
            .text("choices[].message.content", Field.ANSWER_TEXT.id())
            .text("choices[].message.refusal", Field.ANSWER_TEXT.id())
            .text("choices[].message.tool_calls[].function.arguments", Field.ANSWER_TEXT.id())
            .text("choices[].text", Field.ANSWER_TEXT.id())
            .text("output[].content[].text", Field.ANSWER_TEXT.id())
            // Responses events: response.output_text.delta and its like.
            .text("delta", Field.ANSWER_TEXT.id());
    body(shape, "");
    body(shape, "response.");
    accent.response(shape);
    return shape.build();
  }

  /** A response stands alone, or as {@code response} within an event of a Responses stream. */
  static void body(JsonShape.Builder shape, String at) {
    shape
        .value(at + "id", Field.RESPONSE_ID.id())
        .value(at + "model", Field.RESPONSE_MODEL.id())
        .value(at + "object", Field.OBJECT.id())
        .value(at + "status", Field.STATUS.id())
        .value(at + "service_tier", Field.SERVED_TIER.id())
        .presence(at + "error", Field.ERROR.id())
        .value(at + "error.code", Field.ERROR_CODE.id())
        .value(at + "error.type", Field.ERROR_TYPE.id());
    usage(shape, at + "usage");
  }

  /** Asks for what {@link #hasEnded} goes by. */
  static void end(JsonShape.Builder shape) {
    shape.presence("choices[].finish_reason", Field.FINISH.id());
  }

  /**
   * Whether a response is whole, or a stream of chunks has come to its end: for servers that report
   * running totals on every chunk.
   */
  static boolean hasEnded(Reading response) {
    return response.isSealed()
        || response.has(Field.FINISH)
        || !"chat.completion.chunk".equals(response.string(Field.OBJECT));
  }

  /** A usage in this dialect, wherever it stands. */
  static void usage(JsonShape.Builder shape, String usage) {
    shape
        .presence(usage, Field.USAGE.id())
        .close(usage, Field.USAGE.id())
        .value(usage + ".prompt_tokens", Field.PROMPT_TOKENS.id())
        .value(usage + ".input_tokens", Field.PROMPT_TOKENS.id())
        .value(usage + ".completion_tokens", Field.COMPLETION_TOKENS.id())
        .value(usage + ".output_tokens", Field.COMPLETION_TOKENS.id())
        .value(usage + ".total_tokens", Field.TOTAL_TOKENS.id());
    for (String input : new String[] {".prompt_tokens_details", ".input_tokens_details"}) {
      shape
          .value(usage + input + ".cached_tokens", Field.CACHED_TOKENS.id())
          .value(usage + input + ".cache_write_tokens", Field.CACHE_WRITE_TOKENS.id())
          .value(
              usage + input + ".cache_write_tokens_details.ttl_12h_tokens",
              Field.CACHE_WRITE_LONG_TOKENS.id())
          .value(usage + input + ".audio_tokens", Field.AUDIO_INPUT_TOKENS.id())
          .value(usage + input + ".image_tokens", Field.IMAGE_INPUT_TOKENS.id());
    }
    for (String output : new String[] {".completion_tokens_details", ".output_tokens_details"}) {
      shape
          .value(usage + output + ".reasoning_tokens", Field.REASONING_TOKENS.id())
          .value(usage + output + ".audio_tokens", Field.AUDIO_OUTPUT_TOKENS.id())
          .value(usage + output + ".image_tokens", Field.IMAGE_OUTPUT_TOKENS.id());
    }
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
    // Reading a stored result again is not a purchase, so that only POST counts.
    if (!method.equals("POST")) {
      return null;
    }
    // Many servers take a slash at the end for none.
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    if (endsWith(path, end, "/chat/completions")) {
      return Endpoint.CHAT;
    }
    if (endsWith(path, end, "/responses") || endsWith(path, end, "/responses/compact")) {
      return Endpoint.RESPONSES;
    }
    if (endsWith(path, end, "/embeddings")) {
      return Endpoint.EMBEDDINGS;
    }
    return endsWith(path, end, "/completions") ? Endpoint.COMPLETIONS : null;
  }

  private static boolean endsWith(String path, int end, String last) {
    return path.startsWith(last, end - last.length());
  }

  @Override
  public @Nullable String pathModel(String path) {
    int from = path.indexOf("/deployments/");
    if (from < 0) {
      return null;
    }
    from += "/deployments/".length();
    int to = path.indexOf('/', from);
    return to > from ? path.substring(from, to) : null;
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    String status = response.string(Field.STATUS);
    boolean unfinished = "queued".equals(status) || "in_progress".equals(status);
    // The events of a stream say so too, and go no further than the stream.
    boolean elsewhere =
        request.isTrue(Field.BACKGROUND) || response.string(Field.EVENT_TYPE) == null;
    String requestModel = request.string(Field.REQUEST_MODEL);
    if (requestModel == null) {
      requestModel = route.pathModel();
    }
    Account account = account(route, request, response);
    return new Transcript(
        unfinished && elsewhere,
        request.isTrue(Field.STREAM),
        requestModel,
        response.string(Field.RESPONSE_MODEL),
        request.string(Field.REQUESTED_TIER),
        response.string(Field.SERVED_TIER),
        request.string(Field.PROMPT_CACHE_KEY),
        request.string(Field.REASONING_EFFORT),
        response.string(Field.RESPONSE_ID),
        errorCode(response, status),
        account.usage(),
        account.interim(),
        account.chargePicoUsd(),
        // Where the path names a deployment, Azure does not look at the body's model.
        deploymentModel(route.pathModel() != null ? route.pathModel() : requestModel),
        response.string(Field.INFERENCE_REGION),
        account.anomaly());
  }

  private @Nullable String deploymentModel(@Nullable String requested) {
    return requested == null ? null : accent.deploymentModel(requested);
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return request.has(Field.REQUEST_MODEL)
        && request.has(Field.PROMPT)
        && (!conclusive || isModelResponse(response));
  }

  @Override
  public boolean takesStreamOptions(Endpoint endpoint) {
    return endpoint == Endpoint.CHAT || endpoint == Endpoint.COMPLETIONS;
  }

  @Override
  public boolean hasOpenAiModels() {
    return accent.hasOpenAiModels();
  }

  @Override
  public String tier(String name) {
    return accent.tier(name);
  }

  private static boolean isModelResponse(Reading response) {
    return response.has(Field.ANSWER)
        || response.has(Field.USAGE)
        || "list".equals(response.string(Field.OBJECT));
  }

  private static @Nullable String errorCode(Reading response, @Nullable String status) {
    String code = response.errorCode();
    if (code != null
        || !("error".equals(response.string(Field.EVENT_TYPE)) || "failed".equals(status))) {
      return code;
    }
    code = response.string(Field.ERROR_CODE);
    return code != null ? code : "error";
  }

  @Override
  public boolean isTerminal(Reading response) {
    if (response.has(Field.ERROR)) {
      return true;
    }
    String type = response.string(Field.EVENT_TYPE);
    return type != null
        && switch (type) {
          case "response.completed", "response.incomplete", "response.failed", "error" -> true;
          default -> false;
        };
  }

  @Override
  public boolean reportsUsage(Route route, Reading response) {
    return accent.isLast(response) && counted(route, response) != null;
  }

  private Account account(Route route, Reading request, Reading response) {
    return Account.close(
        route,
        request,
        response,
        counted(route, response),
        accent.isLast(response),
        accent.charge(response));
  }

  /** The tokens generated; negative when that is not known. Nothing generated is said as 0. */
  private long output(Route route, Reading response) {
    Long prompt = response.number(Field.PROMPT_TOKENS);
    Long completion = response.number(Field.COMPLETION_TOKENS);
    Long total = response.number(Field.TOTAL_TOKENS);
    if (prompt == null) {
      return -1;
    }
    if (completion != null) {
      return total != null && total > prompt + completion && accent.hasReasoningOutside()
          ? withReasoning(response, completion, total - prompt)
          : completion;
    }
    if (route.endpoint() == Endpoint.EMBEDDINGS) {
      return 0;
    }
    return total == null ? -1 : total - prompt;
  }

  /** Some count reasoning beside the completion, and some say it in the total alone. */
  private static long withReasoning(Reading response, long completion, long afterPrompt) {
    long reasoning = response.numberOrZero(Field.REASONING_TOKENS);
    return reasoning > 0 ? completion + reasoning : afterPrompt;
  }

  /**
   * Prompt tokens include cached and cache-write tokens; completion tokens include reasoning and
   * predicted ones. Held in all of 209 recorded responses.
   */
  private @Nullable Counted counted(Route route, Reading response) {
    if (!response.hasSoundUsage() || !response.hasSoundCounts()) {
      return accent.counted(response);
    }
    long output = output(route, response);
    if (output < 0) {
      return null;
    }
    long input = response.numberOrZero(Field.PROMPT_TOKENS);
    if (input == 0 && output == 0) {
      // No model answers to nothing: this server does not count, or has not yet.
      return null;
    }
    Long total = response.number(Field.TOTAL_TOKENS);
    long cached = response.numberOrZero(Field.CACHED_TOKENS);
    long cacheWriteLong = response.numberOrZero(Field.CACHE_WRITE_LONG_TOKENS);
    long cacheWrite = response.numberOrZero(Field.CACHE_WRITE_TOKENS);
    long audioInput = response.numberOrZero(Field.AUDIO_INPUT_TOKENS);
    long audioOutput = response.numberOrZero(Field.AUDIO_OUTPUT_TOKENS);
    long reasoning = response.numberOrZero(Field.REASONING_TOKENS);
    // Images in a text model's prompt are billed at its text rate, and stay in the input.
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, input - cached - cacheWrite - audioInput)
            .set(Meter.CACHED_INPUT, cached)
            .set(Meter.CACHE_WRITE, cacheWrite - cacheWriteLong)
            .set(Meter.CACHE_WRITE_LONG, cacheWriteLong)
            .set(Meter.AUDIO_INPUT, audioInput)
            .set(Meter.OUTPUT, output - audioOutput)
            .set(Meter.AUDIO_OUTPUT, audioOutput)
            .set(Meter.SECOND, response.numberOrZero(Field.AUDIO_SECONDS))
            .reported(response.reported());
    return Counted.of(usage, (total == null || total == input + output) && reasoning <= output);
  }
}
