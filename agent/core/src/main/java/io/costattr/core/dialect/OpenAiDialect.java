package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's own dialect of text, which most compatible hosts speak: chat completions, responses,
 * decisions, legacy completions and embeddings. Sources: OpenAI's OpenAPI document and recorded
 * traffic.
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
          // On a web socket alone.
          .value("type", Field.EVENT_TYPE.id())
          .value("stream_id", Field.LANE.id())
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
          .value("max_tokens", Field.OUTPUT_LIMIT.id())
          .value("max_completion_tokens", Field.OUTPUT_LIMIT.id())
          .value("max_output_tokens", Field.OUTPUT_LIMIT.id())
          .value("tools[].type", Field.TOOL_TYPE.id())
          .value("tools[].model", Field.TOOL_MODEL.id())
          .value("tools[].container", Field.TOOL_CONTAINER.id())
          .value("tools[].container.memory_limit", Field.TOOL_MEMORY.id())
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
            .value("stream_id", Field.LANE.id())
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
    // The event at the end lists every item; a stream that is cut has told of those before.
    item(shape, "item");
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
    OpenAiUsage.ask(shape, at + "usage");
    OpenAiUsage.askBeside(shape, at + "tool_usage.image_gen");
    shape
        .value(at + "tool_usage.web_search.num_requests", Field.SEARCHES.id())
        .value(at + "tools[].type", Field.TOOL_TYPE.id())
        .value(at + "tools[].model", Field.TOOL_MODEL.id())
        .value(at + "tools[].container", Field.TOOL_CONTAINER.id())
        .value(at + "tools[].container.memory_limit", Field.TOOL_MEMORY.id());
    item(shape, at + "output[]");
  }

  private static void item(JsonShape.Builder shape, String at) {
    shape
        .close(at, Field.ITEM.id())
        .value(at + ".type", Field.ITEM_TYPE.id())
        .value(at + ".status", Field.ITEM_STATUS.id())
        .value(at + ".action.type", Field.ITEM_ACTION.id())
        .value(at + ".container_id", Field.ITEM_CONTAINER.id());
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
    if (method.equals(SOCKET)) {
      return Paths.endsWith(path, "/responses") ? Endpoint.RESPONSES : null;
    }
    // Reading a stored result again is not a purchase, so that only POST counts.
    if (!method.equals("POST")) {
      return null;
    }
    if (Paths.endsWith(path, "/chat/completions")) {
      return Endpoint.CHAT;
    }
    if (Paths.endsWith(path, "/responses") || Paths.endsWith(path, "/responses/compact")) {
      return Endpoint.RESPONSES;
    }
    if (Paths.endsWith(path, "/embeddings")) {
      return Endpoint.EMBEDDINGS;
    }
    // Without the version the name is one that any service may have.
    if (Paths.endsWith(path, "/v1/decisions")) {
      return Endpoint.DECISIONS;
    }
    return Paths.endsWith(path, "/completions") ? Endpoint.COMPLETIONS : null;
  }

  @Override
  public @Nullable String pathModel(String path) {
    return Paths.deployment(path);
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    String requestModel = request.string(Field.REQUEST_MODEL);
    if (requestModel == null) {
      requestModel = route.pathModel();
    }
    Besides besides = OpenAiTools.besides(route.endpoint(), request, response);
    Account account = account(route, request, response, besides);
    return new Transcript(
        isPending(request, response),
        request.isTrue(Field.STREAM),
        requestModel,
        response.string(Field.RESPONSE_MODEL),
        request.string(Field.REQUESTED_TIER),
        response.string(Field.SERVED_TIER),
        request.string(Field.PROMPT_CACHE_KEY),
        request.string(Field.REASONING_EFFORT),
        response.string(Field.RESPONSE_ID),
        OpenAiJobs.errorCode(response),
        account.usage(),
        account.interim(),
        account.chargePicoUsd(),
        // Where the path names a deployment, Azure does not look at the body's model.
        deploymentModel(route.pathModel() != null ? route.pathModel() : requestModel),
        response.string(Field.INFERENCE_REGION),
        besides,
        account.anomaly());
  }

  private static boolean isPending(Reading request, Reading response) {
    // The events of a stream say so too, and go no further than the stream.
    return OpenAiJobs.isUnfinished(response)
        && (request.isTrue(Field.BACKGROUND) || response.string(Field.EVENT_TYPE) == null);
  }

  @Override
  public @Nullable String pendingId(Reading request, Reading response) {
    return isPending(request, response) ? response.string(Field.RESPONSE_ID) : null;
  }

  @Override
  public boolean isSettled(Reading response) {
    return OpenAiJobs.isSettled(response);
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
  public @Nullable String outputLimitName(Endpoint endpoint) {
    return switch (endpoint) {
      case CHAT -> hasOpenAiModels() ? "max_completion_tokens" : "max_tokens";
      case RESPONSES -> "max_output_tokens";
      case COMPLETIONS -> "max_tokens";
      default -> null;
    };
  }

  @Override
  public boolean takesServiceTier(Endpoint endpoint) {
    return hasOpenAiModels() && (endpoint == Endpoint.CHAT || endpoint == Endpoint.RESPONSES);
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

  private Account account(Route route, Reading request, Reading response, Besides besides) {
    Counted counted = counted(route, response);
    return Account.close(
        route,
        request,
        response,
        counted != null && besides.hasUnknownPart() ? counted.unpriceable() : counted,
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

  private @Nullable Counted counted(Route route, Reading response) {
    return OpenAiUsage.isSound(response)
        ? OpenAiUsage.text(response, output(route, response))
        : accent.counted(response);
  }
}
