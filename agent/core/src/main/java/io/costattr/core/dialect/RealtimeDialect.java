package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's realtime conversations over a web socket, as they were in the beta and as they are:
 * every response is billed by what of its input and output is text, sound and pictures. A request
 * here is what the application has sent of one response, with the settings before it and the usage
 * of the response before it. Sources: OpenAI's OpenAPI document, and the realtime models of its
 * Java SDK 4.101.
 */
final class RealtimeDialect implements Dialect {
  /** A response of no stated limit is taken to be as long at most, where nothing tells. */
  private static final long LONG = 4_096;

  private static final String[] SETTINGS = {"session.", "response."};

  private final Accent accent;
  private final AudioDialect transcriptions;

  /** Built with the first socket: few programs open any. */
  private volatile @Nullable JsonShape requestShape;

  private volatile @Nullable JsonShape responseShape;

  RealtimeDialect(Accent accent) {
    this.accent = accent;
    this.transcriptions = new AudioDialect(accent);
  }

  /** How the usage of the model is read that writes down what is said to this one. */
  AudioDialect transcriptions() {
    return transcriptions;
  }

  @Override
  public JsonShape requestShape() {
    JsonShape shape = requestShape;
    if (shape == null) {
      JsonShape.Builder builder =
          JsonShape.builder()
              .value("type", Field.EVENT_TYPE.id())
              .value("event_id", Field.EVENT_ID.id())
              .text("item.content[].text", Field.PROMPT_TEXT.id())
              .text("item.output", Field.PROMPT_TEXT.id())
              .text("response.input[].content[].text", Field.PROMPT_TEXT.id())
              .text("response.input[].output", Field.PROMPT_TEXT.id());
      for (String at : SETTINGS) {
        builder
            .value(at + "model", Field.REQUEST_MODEL.id())
            .value(at + "service_tier", Field.REQUESTED_TIER.id())
            .value(at + "reasoning.effort", Field.REASONING_EFFORT.id())
            .value(at + "max_output_tokens", Field.OUTPUT_LIMIT.id())
            .value(at + "max_response_output_tokens", Field.OUTPUT_LIMIT.id())
            .text(at + "instructions", Field.PROMPT_TEXT.id());
        settings(builder, at);
      }
      shape = builder.build();
      requestShape = shape;
    }
    return shape;
  }

  @Override
  public JsonShape responseShape() {
    JsonShape shape = responseShape;
    if (shape == null) {
      JsonShape.Builder builder =
          JsonShape.builder()
              .value("type", Field.EVENT_TYPE.id())
              .value("response_id", Field.OF_RESPONSE.id())
              .text("delta", Field.ANSWER_TEXT.id())
              .value("status", Field.STATUS.id())
              .presence("error", Field.ERROR.id())
              .value("error.code", Field.ERROR_CODE.id())
              .value("error.type", Field.ERROR_TYPE.id())
              .value("error.param", Field.ERROR_PARAM.id())
              .value("error.event_id", Field.EVENT_ID.id())
              .value("session.model", Field.RESPONSE_MODEL.id())
              .value("response.id", Field.RESPONSE_ID.id())
              .value("response.model", Field.RESPONSE_MODEL.id())
              .value("response.service_tier", Field.SERVED_TIER.id())
              .value("response.status", Field.STATUS.id())
              .presence("response.status_details.error", Field.ERROR.id())
              .value("response.status_details.error.code", Field.ERROR_CODE.id())
              .value("response.status_details.error.type", Field.ERROR_TYPE.id())
              .value(
                  "response.usage.input_token_details.cached_tokens_details.audio_tokens",
                  Field.CACHED_AUDIO_TOKENS.id())
              // Of a transcription.
              .value("usage.seconds", Field.BILLED_SECONDS.id());
      for (String at : SETTINGS) {
        settings(builder, at);
      }
      OpenAiUsage.ask(builder, "response.usage");
      OpenAiUsage.ask(builder, "usage");
      shape = builder.build();
      responseShape = shape;
    }
    return shape;
  }

  /** What the beta had elsewhere is asked for there too. */
  private static void settings(JsonShape.Builder shape, String at) {
    shape
        .value(at + "output_modalities[]", Field.MODALITY.id())
        .value(at + "modalities[]", Field.MODALITY.id());
    if (at.equals("session.")) {
      shape
          .value(at + "audio.input.transcription.model", Field.TRANSCRIPTION_MODEL.id())
          .value(at + "input_audio_transcription.model", Field.TRANSCRIPTION_MODEL.id());
    }
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    return method.equals(SOCKET) && Paths.endsWith(path, "/realtime") ? Endpoint.REALTIME : null;
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    String requested = request.string(Field.REQUEST_MODEL);
    if (requested == null) {
      requested = route.pathModel();
    }
    Account account =
        Account.close(route, request, response, counted(response), true, accent.charge(response));
    return new Transcript(
        false,
        true,
        requested,
        response.string(Field.RESPONSE_MODEL),
        request.string(Field.REQUESTED_TIER),
        response.string(Field.SERVED_TIER),
        null,
        request.string(Field.REASONING_EFFORT),
        response.string(Field.RESPONSE_ID),
        OpenAiJobs.errorCode(response),
        account.usage(),
        null,
        account.chargePicoUsd(),
        requested == null ? null : accent.deploymentModel(requested),
        null,
        besides(request, response),
        account.anomaly());
  }

  private static @Nullable Counted counted(Reading response) {
    Counted counted = OpenAiUsage.isSound(response) ? buckets(response) : null;
    if (counted == null || counted.usage().inputTokens() + counted.usage().outputTokens() > 0) {
      return counted;
    }
    // Nothing at all is used only where nothing came of it.
    return isVain(response) ? counted : null;
  }

  private static boolean isVain(Reading response) {
    String status = response.string(Field.STATUS);
    return "cancelled".equals(status) || "failed".equals(status) || "incomplete".equals(status);
  }

  /** Cached tokens are among the input; the rates of text, sound and pictures all differ. */
  private static @Nullable Counted buckets(Values response) {
    Long input = response.number(Field.PROMPT_TOKENS);
    Long output = response.number(Field.COMPLETION_TOKENS);
    if (input == null || output == null) {
      return null;
    }
    Long total = response.number(Field.TOTAL_TOKENS);
    long cached = response.numberOrZero(Field.CACHED_TOKENS);
    long[] in =
        split(
            input,
            response.number(Field.TEXT_INPUT_TOKENS),
            response.number(Field.AUDIO_INPUT_TOKENS),
            response.number(Field.IMAGE_INPUT_TOKENS));
    long[] out =
        split(
            output,
            response.number(Field.TEXT_OUTPUT_TOKENS),
            response.number(Field.AUDIO_OUTPUT_TOKENS),
            0L);
    long[] inCache =
        split(
            cached,
            response.number(Field.CACHED_TEXT_TOKENS),
            response.number(Field.CACHED_AUDIO_TOKENS),
            response.number(Field.CACHED_IMAGE_TOKENS));
    if (inCache[TOLD] == 0 && cached == in[TEXT] + in[AUDIO] + in[IMAGE]) {
      // All of it, whatever it is.
      inCache = in;
    }
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, in[TEXT] - inCache[TEXT])
            .set(Meter.CACHED_INPUT, inCache[TEXT])
            .set(Meter.AUDIO_INPUT, in[AUDIO] - inCache[AUDIO])
            .set(Meter.CACHED_AUDIO_INPUT, inCache[AUDIO])
            .set(Meter.IMAGE_INPUT, in[IMAGE] - inCache[IMAGE])
            .set(Meter.CACHED_IMAGE_INPUT, inCache[IMAGE])
            .set(Meter.OUTPUT, out[TEXT])
            .set(Meter.AUDIO_OUTPUT, out[AUDIO])
            .reported(response.reported());
    boolean addsUp =
        (total == null || total == input + output)
            && sum(in) == input
            && sum(out) == output
            && sum(inCache) == cached;
    Counted counted = Counted.of(usage, addsUp);
    return in[TOLD] == 0 || out[TOLD] == 0 || inCache[TOLD] == 0 ? counted.unpriceable() : counted;
  }

  private static final int TEXT = 0;
  private static final int AUDIO = 1;
  private static final int IMAGE = 2;

  /** Whether it is known what the sum is made of. */
  private static final int TOLD = 3;

  /** Text, sound and pictures of a sum; of text and sound the one not said is the rest. */
  private static long[] split(
      long sum, @Nullable Long text, @Nullable Long audio, @Nullable Long pictures) {
    long image = pictures == null ? 0 : pictures;
    if (text == null && audio == null) {
      return new long[] {sum - image, 0, image, sum == image ? 1 : 0};
    }
    return new long[] {
      text != null ? text : sum - image - (audio == null ? 0 : audio),
      audio != null ? audio : sum - image - (text == null ? 0 : text),
      image,
      1
    };
  }

  private static long sum(long[] parts) {
    return parts[TEXT] + parts[AUDIO] + parts[IMAGE];
  }

  private static Besides besides(Reading request, Reading response) {
    boolean refused = response.has(Field.ERROR) && !response.has(Field.RESPONSE_ID);
    boolean failed =
        "failed".equals(response.string(Field.STATUS))
            && !response.has(Field.USAGE)
            && response.text().bytesSeen() == 0;
    if (refused || failed) {
      return Besides.FREE;
    }
    if (!isSpoken(request, response)) {
      return Besides.limit(request.number(Field.OUTPUT_LIMIT));
    }
    return Besides.asked(most(request));
  }

  /** Whether sound is asked for; that is so unless text is. */
  static boolean isSpoken(Reading request, Reading response) {
    String modality = response.string(Field.MODALITY);
    return !"text".equals(modality != null ? modality : request.string(Field.MODALITY));
  }

  /**
   * What a response can use that was cut off: all that the one before had read and answered is read
   * again, nothing of it from the cache, and the answer is as long as it may be.
   */
  private static Usage most(Reading request) {
    Long limit = request.number(Field.OUTPUT_LIMIT);
    Usage.Builder most = Usage.builder().set(Meter.AUDIO_OUTPUT, limit == null ? LONG : limit);
    Counted before = OpenAiUsage.isSound(request) ? buckets(request) : null;
    if (before != null) {
      Usage used = before.usage();
      most.set(
              Meter.INPUT,
              used.quantity(Meter.INPUT)
                  + used.quantity(Meter.CACHED_INPUT)
                  + used.quantity(Meter.OUTPUT))
          .set(
              Meter.AUDIO_INPUT,
              used.quantity(Meter.AUDIO_INPUT)
                  + used.quantity(Meter.CACHED_AUDIO_INPUT)
                  + used.quantity(Meter.AUDIO_OUTPUT))
          .set(
              Meter.IMAGE_INPUT,
              used.quantity(Meter.IMAGE_INPUT) + used.quantity(Meter.CACHED_IMAGE_INPUT));
    }
    return most.build();
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return response.has(Field.RESPONSE_ID);
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
  public boolean reportsUsage(Route route, Reading response) {
    return counted(response) != null;
  }

  @Override
  public boolean isTerminal(Reading response) {
    return SocketMessage.received(response).kind() == SocketMessage.Kind.ENDS;
  }
}
