package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Google's generateContent and embedContent, on the Gemini API and on Vertex AI. The prompt
 * includes what was cached; thoughts, and what tools added to the prompt, are counted outside
 * prompt and candidates. A stream is server-sent events or one JSON array, with running totals on
 * every chunk. Sources: Google's reference of UsageMetadata, and recorded traffic.
 */
final class GeminiDialect implements Dialect {
  private static final String STREAM = ":streamGenerateContent";

  private static final JsonShape REQUEST = request();
  private static final JsonShape RESPONSE = response();

  private static JsonShape request() {
    JsonShape.Builder shape =
        JsonShape.builder()
            .value("serviceTier", Field.REQUESTED_TIER.id())
            .value("service_tier", Field.REQUESTED_TIER.id())
            .value("generationConfig.thinkingConfig.thinkingLevel", Field.REASONING_EFFORT.id())
            .presence("contents", Field.PROMPT.id())
            .presence("content", Field.PROMPT.id())
            .presence("requests", Field.PROMPT.id());
    for (String content :
        new String[] {
          "contents[]", "content", "requests[].content", "systemInstruction", "system_instruction"
        }) {
      shape.text(content + ".parts[].text", Field.PROMPT_TEXT.id());
    }
    return shape.build();
  }

  private static JsonShape response() {
    JsonShape.Builder shape = JsonShape.builder();
    body(shape, "");
    // A stream that was not asked for events is one array.
    body(shape, "[].");
    return shape.build();
  }

  private static void body(JsonShape.Builder shape, String at) {
    String candidates = at + "candidates[]";
    String usage = at + "usageMetadata";
    shape
        .value(at + "responseId", Field.RESPONSE_ID.id())
        .value(at + "modelVersion", Field.RESPONSE_MODEL.id())
        .presence(at + "error", Field.ERROR.id())
        .value(at + "error.status", Field.ERROR_CODE.id())
        .value(at + "error.code", Field.ERROR_TYPE.id())
        .presence(at + "candidates", Field.ANSWER.id())
        .presence(at + "embedding", Field.ANSWER.id())
        .presence(at + "embeddings", Field.ANSWER.id())
        .text(candidates + ".content.parts[].text", Field.ANSWER_TEXT.id())
        .presence(candidates + ".finishReason", Field.FINISH.id())
        .presence(at + "promptFeedback.blockReason", Field.FINISH.id())
        .presence(candidates + ".groundingMetadata", Field.GROUNDING.id())
        .presence(candidates + ".groundingMetadata.webSearchQueries[]", Field.WEB_QUERY.id())
        .presence(usage, Field.USAGE.id())
        .close(usage, Field.USAGE.id())
        .value(usage + ".serviceTier", Field.SERVED_TIER.id())
        .value(usage + ".trafficType", Field.TRAFFIC.id())
        .value(usage + ".promptTokenCount", Field.PROMPT_TOKENS.id())
        .value(usage + ".toolUsePromptTokenCount", Field.TOOL_PROMPT_TOKENS.id())
        .value(usage + ".candidatesTokenCount", Field.COMPLETION_TOKENS.id())
        .value(usage + ".thoughtsTokenCount", Field.REASONING_TOKENS.id())
        .value(usage + ".cachedContentTokenCount", Field.CACHED_TOKENS.id())
        .value(usage + ".totalTokenCount", Field.TOTAL_TOKENS.id());
    breakdown(shape, usage + ".promptTokensDetails[]", Field.PROMPT_PART);
    breakdown(shape, usage + ".toolUsePromptTokensDetails[]", Field.TOOL_PROMPT_PART);
    breakdown(shape, usage + ".cacheTokensDetails[]", Field.CACHED_PART);
    breakdown(shape, usage + ".candidatesTokensDetails[]", Field.COMPLETION_PART);
  }

  private static void breakdown(JsonShape.Builder shape, String part, Field kind) {
    shape
        .close(part, kind.id())
        .value(part + ".modality", Field.PART_NAME.id())
        .value(part + ".tokenCount", Field.PART_PROMPT_TOKENS.id());
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
    Endpoint endpoint =
        path.endsWith(":generateContent") || path.endsWith(STREAM)
            ? Endpoint.CHAT
            : path.endsWith(":embedContent") || path.endsWith(":batchEmbedContents")
                ? Endpoint.EMBEDDINGS
                : null;
    return endpoint == null || modelOf(path) == null ? null : endpoint;
  }

  @Override
  public @Nullable String pathModel(String path) {
    return modelOf(path);
  }

  /**
   * What stands between the last slash and the colon, or null: {@code /v1beta/models/NAME:verb}.
   */
  static @Nullable String modelOf(String path) {
    int colon = path.lastIndexOf(':');
    int slash = path.lastIndexOf('/', colon);
    return slash >= 0 && colon > slash + 1 ? path.substring(slash + 1, colon) : null;
  }

  @Override
  public boolean streams(String path) {
    return path.endsWith(STREAM);
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    Account account =
        Account.close(
            route, request, response, counted(route, response), isLast(route, response), null);
    return Transcript.of(route, request, response, servedTier(response), account);
  }

  /** Vertex AI's type of traffic says more than the tier where it is not the usual one. */
  private static @Nullable String servedTier(Reading response) {
    String tier = response.string(Field.SERVED_TIER);
    String traffic = response.string(Field.TRAFFIC);
    return traffic == null || (traffic.equals("ON_DEMAND") && tier != null) ? tier : traffic;
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return request.has(Field.PROMPT)
        && (!conclusive || response.has(Field.ANSWER) || response.has(Field.USAGE));
  }

  @Override
  public boolean hasOpenAiModels() {
    return false;
  }

  /** Tiers in the words of the Gemini API, and of Vertex AI's traffic types. */
  @Override
  public String tier(String name) {
    return switch (name) {
      case "standard", "unspecified", "ON_DEMAND" -> "default";
      case "ON_DEMAND_PRIORITY" -> "priority";
      case "ON_DEMAND_FLEX" -> "flex";
      default -> name;
    };
  }

  @Override
  public boolean isTerminal(Reading response) {
    return response.has(Field.ERROR);
  }

  @Override
  public String exhausted(String message, String type, String code) {
    return ErrorBody.google(message, code);
  }

  @Override
  public boolean reportsUsage(Route route, Reading response) {
    return isLast(route, response) && counted(route, response) != null;
  }

  /** Every chunk has the totals so far: before the model is done they are not all. */
  private static boolean isLast(Route route, Reading response) {
    return !route.streams() || response.has(Field.FINISH);
  }

  private static @Nullable Counted counted(Route route, Reading response) {
    Long said = response.number(Field.PROMPT_TOKENS);
    if (!response.hasSoundUsage() || !response.hasSoundCounts() || said == null) {
      return null;
    }
    long prompt = said + response.numberOrZero(Field.TOOL_PROMPT_TOKENS);
    long cached = response.numberOrZero(Field.CACHED_TOKENS);
    // Nothing generated is not said at all.
    long candidates = response.numberOrZero(Field.COMPLETION_TOKENS);
    long thoughts = response.numberOrZero(Field.REASONING_TOKENS);
    Long total = response.number(Field.TOTAL_TOKENS);
    long audio = tokens(response, Field.PROMPT_PART, "AUDIO");
    audio += tokens(response, Field.TOOL_PROMPT_PART, "AUDIO");
    long cachedAudio = tokens(response, Field.CACHED_PART, "AUDIO");
    long imageOutput = tokens(response, Field.COMPLETION_PART, "IMAGE");
    long audioOutput = tokens(response, Field.COMPLETION_PART, "AUDIO");
    // Images, video and documents of a prompt are billed at the text rate, and stay in the input.
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, prompt - cached - (audio - cachedAudio))
            .set(Meter.CACHED_INPUT, cached - cachedAudio)
            .set(Meter.AUDIO_INPUT, audio - cachedAudio)
            .set(Meter.CACHED_AUDIO_INPUT, cachedAudio)
            .set(Meter.OUTPUT, candidates - imageOutput - audioOutput + thoughts)
            .set(Meter.IMAGE_OUTPUT, imageOutput)
            .set(Meter.AUDIO_OUTPUT, audioOutput)
            .set(Meter.WEB_SEARCH_CALL, webSearches(route, response))
            .reported(response.reported());
    Counted counted = Counted.of(usage, total == null || total == prompt + candidates + thoughts);
    return hasKnownParts(response) ? counted : counted.unpriceable();
  }

  private static long tokens(Reading response, Field of, String modality) {
    long tokens = 0;
    for (Part part : response.parts()) {
      if (part.of() == of && modality.equals(part.name())) {
        tokens += part.promptTokens();
      }
    }
    return tokens;
  }

  private static boolean hasKnownParts(Reading response) {
    for (Part part : response.parts()) {
      String modality = part.name() == null ? "" : part.name();
      boolean known =
          switch (modality) {
            case "TEXT", "IMAGE", "AUDIO" -> true;
            case "VIDEO", "DOCUMENT" -> part.of() != Field.COMPLETION_PART;
            default -> false;
          };
      if (!known && part.promptTokens() != 0) {
        return false;
      }
    }
    return true;
  }

  /** Up to Gemini 2 a prompt that was grounded is billed once, since Gemini 3 each query is. */
  private static long webSearches(Route route, Reading response) {
    long queries = response.numberOrZero(Field.WEB_QUERY);
    String model = response.string(Field.RESPONSE_MODEL);
    if (model == null) {
      model = route.pathModel();
    }
    boolean oncePerPrompt =
        model != null && (model.startsWith("gemini-1") || model.startsWith("gemini-2"));
    return oncePerPrompt ? Math.min(queries, 1) : queries;
  }
}
