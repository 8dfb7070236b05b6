package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Sound: transcriptions by tokens or by seconds, translations by seconds, speech by tokens or by
 * the characters of its text. Where an answer is plain text or sound and says nothing of itself,
 * what is billed is not known but for those characters. Sources: OpenAI's OpenAPI document and
 * price page.
 */
final class AudioDialect extends MediaDialect {

  AudioDialect(Accent accent) {
    super(accent);
  }

  @Override
  void askRequest(JsonShape.Builder shape) {
    shape
        .presence("file", Field.FILE.id())
        .presence("prompt", Field.PROMPT.id())
        .presence("voice", Field.VOICE.id())
        .text("input", Field.SPOKEN.id());
  }

  @Override
  void askResponse(JsonShape.Builder shape) {
    shape
        .presence("text", Field.ANSWER.id())
        .value("duration", Field.SECONDS.id())
        .value("usage.seconds", Field.BILLED_SECONDS.id());
    OpenAiUsage.ask(shape, "usage");
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    boolean isAudio =
        method.equals("POST")
            && (Paths.endsWith(path, "/audio/transcriptions")
                || Paths.endsWith(path, "/audio/translations")
                || Paths.endsWith(path, "/audio/speech"));
    return isAudio ? Endpoint.AUDIO : null;
  }

  @Override
  @Nullable Counted counted(Route route, Reading request, Reading response) {
    if (request.has(Field.SPOKEN)) {
      return response.has(Field.USAGE)
          ? spokenTokens(response)
          : response.isGranted() ? characters(request) : null;
    }
    if (response.has(Field.PROMPT_TOKENS)) {
      return heardTokens(request, response);
    }
    Long seconds = seconds(response);
    return seconds == null
        ? null
        : Counted.of(
            Usage.builder().set(Meter.SECOND, seconds).reported(response.reported()), true);
  }

  /** Half a text has half the characters. */
  private static @Nullable Counted characters(Reading request) {
    long characters = request.numberOrZero(Field.SPOKEN);
    return request.isWhole() && characters > 0
        ? Counted.of(Usage.builder().set(Meter.CHARACTER, characters), true)
        : null;
  }

  /** Text in, sound out. */
  private static @Nullable Counted spokenTokens(Reading response) {
    Long input = response.number(Field.PROMPT_TOKENS);
    Long output = response.number(Field.COMPLETION_TOKENS);
    Long total = response.number(Field.TOTAL_TOKENS);
    if (!OpenAiUsage.isSound(response) || input == null || output == null || input + output == 0) {
      return null;
    }
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, input)
            .set(Meter.AUDIO_OUTPUT, output)
            .reported(response.reported());
    return Counted.of(usage, total == null || total == input + output);
  }

  /** Sound and perhaps a hint in text in, text out. Without details all of it is sound. */
  private static @Nullable Counted heardTokens(Reading request, Reading response) {
    Long input = response.number(Field.PROMPT_TOKENS);
    Long output = response.number(Field.COMPLETION_TOKENS);
    Long total = response.number(Field.TOTAL_TOKENS);
    if (!OpenAiUsage.isSound(response) || input == null || output == null || input + output == 0) {
      return null;
    }
    Long text = response.number(Field.TEXT_INPUT_TOKENS);
    Long sound = response.number(Field.AUDIO_INPUT_TOKENS);
    long heard = sound != null ? sound : input - (text == null ? 0 : text);
    long read = text != null ? text : input - heard;
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, read)
            .set(Meter.AUDIO_INPUT, heard)
            .set(Meter.OUTPUT, output)
            .reported(response.reported());
    Counted counted =
        Counted.of(usage, (total == null || total == input + output) && read + heard == input);
    boolean unsplit = text == null && sound == null && request.has(Field.PROMPT);
    return unsplit ? counted.unpriceable() : counted;
  }

  /** Billed to the nearest second, and no sound is free. */
  private static @Nullable Long seconds(Reading response) {
    BigDecimal said = response.decimal(Field.BILLED_SECONDS);
    if (said == null) {
      said = response.decimal(Field.SECONDS);
    }
    if (said == null || said.signum() <= 0 || said.precision() - said.scale() > 9) {
      return null;
    }
    return Math.max(1, said.setScale(0, RoundingMode.HALF_UP).longValue());
  }

  @Override
  Besides besides(Route route, Reading request, Reading response) {
    Counted asked = request.has(Field.SPOKEN) ? characters(request) : null;
    return Besides.asked(asked == null ? null : asked.usage());
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    if (!request.has(Field.REQUEST_MODEL)) {
      return false;
    }
    return request.has(Field.SPOKEN)
        ? request.has(Field.VOICE)
        : request.has(Field.FILE)
            && (!conclusive || response.has(Field.ANSWER) || response.has(Field.USAGE));
  }

  @Override
  public boolean isTerminal(Reading response) {
    String type = response.string(Field.EVENT_TYPE);
    return super.isTerminal(response)
        || (type != null
            && switch (type) {
              case "transcript.text.done", "speech.audio.done", "error" -> true;
              default -> false;
            });
  }
}
