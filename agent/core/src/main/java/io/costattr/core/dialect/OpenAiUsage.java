package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The usage object of OpenAI's endpoints, which goes by two sets of names. Sources: OpenAI's
 * OpenAPI document and recorded traffic.
 */
final class OpenAiUsage {
  private static final String[] INPUT_DETAILS = {
    ".prompt_tokens_details", ".input_tokens_details", ".input_token_details"
  };
  private static final String[] OUTPUT_DETAILS = {
    ".completion_tokens_details", ".output_tokens_details", ".output_token_details"
  };

  private OpenAiUsage() {}

  /** Asks for the usage at that path. */
  static void ask(JsonShape.Builder shape, String usage) {
    ask(shape, usage, Field::id);
  }

  /** Asks for a usage at that path which is another model's. */
  static void askBeside(JsonShape.Builder shape, String usage) {
    ask(shape, usage, Field::besideId);
    cached(shape, usage, Field::besideId);
    shape.value(usage + ".reasoning_tokens", Field.REASONING_TOKENS.besideId());
  }

  private static void ask(JsonShape.Builder shape, String usage, ToIntFunction<Field> id) {
    shape
        .presence(usage, id.applyAsInt(Field.USAGE))
        .close(usage, id.applyAsInt(Field.USAGE))
        .value(usage + ".prompt_tokens", id.applyAsInt(Field.PROMPT_TOKENS))
        .value(usage + ".input_tokens", id.applyAsInt(Field.PROMPT_TOKENS))
        .value(usage + ".completion_tokens", id.applyAsInt(Field.COMPLETION_TOKENS))
        .value(usage + ".output_tokens", id.applyAsInt(Field.COMPLETION_TOKENS))
        .value(usage + ".total_tokens", id.applyAsInt(Field.TOTAL_TOKENS));
    for (String input : INPUT_DETAILS) {
      cached(shape, usage + input, id);
      shape
          .value(usage + input + ".cache_write_tokens", id.applyAsInt(Field.CACHE_WRITE_TOKENS))
          .value(
              usage + input + ".cache_write_tokens_details.ttl_12h_tokens",
              id.applyAsInt(Field.CACHE_WRITE_LONG_TOKENS))
          .value(usage + input + ".text_tokens", id.applyAsInt(Field.TEXT_INPUT_TOKENS))
          .value(usage + input + ".audio_tokens", id.applyAsInt(Field.AUDIO_INPUT_TOKENS))
          .value(usage + input + ".image_tokens", id.applyAsInt(Field.IMAGE_INPUT_TOKENS));
    }
    for (String output : OUTPUT_DETAILS) {
      shape
          .value(usage + output + ".reasoning_tokens", id.applyAsInt(Field.REASONING_TOKENS))
          .value(usage + output + ".text_tokens", id.applyAsInt(Field.TEXT_OUTPUT_TOKENS))
          .value(usage + output + ".audio_tokens", id.applyAsInt(Field.AUDIO_OUTPUT_TOKENS))
          .value(usage + output + ".image_tokens", id.applyAsInt(Field.IMAGE_OUTPUT_TOKENS));
    }
  }

  private static void cached(JsonShape.Builder shape, String at, ToIntFunction<Field> id) {
    String details = at + ".cached_tokens_details.";
    shape
        .value(at + ".cached_tokens", id.applyAsInt(Field.CACHED_TOKENS))
        .value(details + "text_tokens", id.applyAsInt(Field.CACHED_TEXT_TOKENS))
        .value(details + "cached_text_tokens", id.applyAsInt(Field.CACHED_TEXT_TOKENS))
        .value(details + "image_tokens", id.applyAsInt(Field.CACHED_IMAGE_TOKENS))
        .value(details + "cached_image_tokens", id.applyAsInt(Field.CACHED_IMAGE_TOKENS));
  }

  /** Whether the usage came whole, with believable counts. */
  static boolean isSound(Values response) {
    return response.hasSoundUsage() && response.hasSoundCounts();
  }

  /**
   * The usage of a model of text. Prompt tokens include cached and cache-write tokens; completion
   * tokens include reasoning and predicted ones. Held in all of 209 recorded responses.
   *
   * @param output the tokens generated
   */
  static @Nullable Counted text(Values response, long output) {
    long input = response.numberOrZero(Field.PROMPT_TOKENS);
    if (output < 0 || (input == 0 && output == 0)) {
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

  /**
   * The usage of a model of pictures. Output without details is all picture: that is how OpenAI
   * reports it, and bills it.
   *
   * @param readsText whether the input can be nothing but text, where there are no details
   * @return null when there is no usage that can be believed
   */
  static @Nullable Counted pictures(Values response, boolean readsText) {
    if (!isSound(response)) {
      return null;
    }
    Long input = response.number(Field.PROMPT_TOKENS);
    Long output = response.number(Field.COMPLETION_TOKENS);
    Long total = response.number(Field.TOTAL_TOKENS);
    if (output == null && input != null && total != null) {
      output = total - input;
    }
    if (input == null || output == null || output < 0 || input + output == 0) {
      return null;
    }
    long[] in =
        split(
            input,
            response.number(Field.TEXT_INPUT_TOKENS),
            response.number(Field.IMAGE_INPUT_TOKENS),
            readsText);
    long[] out =
        split(
            output,
            response.number(Field.TEXT_OUTPUT_TOKENS),
            response.number(Field.IMAGE_OUTPUT_TOKENS),
            false);
    long cached = response.numberOrZero(Field.CACHED_TOKENS);
    long[] inCache =
        split(
            cached,
            response.number(Field.CACHED_TEXT_TOKENS),
            response.number(Field.CACHED_IMAGE_TOKENS),
            in[1] == 0);
    Usage.Builder usage =
        Usage.builder()
            .set(Meter.INPUT, in[0] - inCache[0])
            .set(Meter.CACHED_INPUT, inCache[0])
            .set(Meter.IMAGE_INPUT, in[1] - inCache[1])
            .set(Meter.CACHED_IMAGE_INPUT, inCache[1])
            .set(Meter.OUTPUT, out[0])
            .set(Meter.IMAGE_OUTPUT, out[1])
            .reported(response.reported());
    boolean addsUp =
        (total == null || total == input + output)
            && in[0] + in[1] == input
            && out[0] + out[1] == output
            && inCache[0] + inCache[1] == cached;
    Counted counted = Counted.of(usage, addsUp);
    boolean unsplit =
        (in[1] > 0 && !readsText && hasNoDetails(response))
            || (cached > 0 && in[0] > 0 && in[1] > 0 && hasNoCacheDetails(response));
    return unsplit ? counted.unpriceable() : counted;
  }

  private static boolean hasNoDetails(Values response) {
    return !response.has(Field.TEXT_INPUT_TOKENS) && !response.has(Field.IMAGE_INPUT_TOKENS);
  }

  private static boolean hasNoCacheDetails(Values response) {
    return !response.has(Field.CACHED_TEXT_TOKENS) && !response.has(Field.CACHED_IMAGE_TOKENS);
  }

  /** Text and pictures of a sum; where one is not said it is the rest, where neither is, all. */
  private static long[] split(
      long sum, @Nullable Long text, @Nullable Long pictures, boolean allText) {
    if (text != null) {
      return new long[] {text, pictures == null ? sum - text : pictures};
    }
    if (pictures != null) {
      return new long[] {sum - pictures, pictures};
    }
    return allText ? new long[] {sum, 0} : new long[] {0, sum};
  }
}
