package io.costattr.loopback;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one call, in tokens; cached and written are within input, reasoning is within
 * output. {@link LoopbackOpenAi} says how it follows from the request.
 */
record Tally(int input, int cached, int written, int output, int reasoning, boolean cut) {
  private static final int SHORTEST_ANSWER = 8;

  /**
   * @param seen whether the prompt cache key has been used before
   * @param output the visible tokens that a header asks for, or -1
   */
  static Tally of(Prompt prompt, String snapshot, boolean seen, int output) {
    int input = prompt.words();
    int cacheable = prompt.has("prompt_cache_key") ? input * 3 / 4 : 0;
    int visible = output >= 0 ? output : SHORTEST_ANSWER + input / 2;
    int reasoning = reasoning(prompt.effort());
    int most =
        prompt.number(
            Integer.MAX_VALUE, "max_completion_tokens", "max_output_tokens", "max_tokens");
    return new Tally(
        input,
        seen ? cacheable : 0,
        !seen && Models.countsCacheWrites(snapshot) ? cacheable : 0,
        Math.min(visible + reasoning, most),
        Math.min(reasoning, most),
        visible + reasoning > most);
  }

  private static int reasoning(@Nullable String effort) {
    return switch (effort == null ? "none" : effort) {
      case "none", "minimal" -> 0;
      case "low" -> 16;
      case "medium" -> 64;
      case "high" -> 256;
      default -> 1024;
    };
  }

  int visible() {
    return output - reasoning;
  }

  Map<String, @Nullable Object> asChat() {
    return Json.object(
        "prompt_tokens",
        input,
        "completion_tokens",
        output,
        "total_tokens",
        input + output,
        "prompt_tokens_details",
        Json.object("cached_tokens", cached, "audio_tokens", 0, "cache_write_tokens", written),
        "completion_tokens_details",
        Json.object(
            "reasoning_tokens",
            reasoning,
            "audio_tokens",
            0,
            "accepted_prediction_tokens",
            0,
            "rejected_prediction_tokens",
            0));
  }

  Map<String, @Nullable Object> asResponses() {
    return Json.object(
        "input_tokens",
        input,
        "input_tokens_details",
        Json.object("cached_tokens", cached, "cache_write_tokens", written),
        "output_tokens",
        output,
        "output_tokens_details",
        Json.object("reasoning_tokens", reasoning),
        "total_tokens",
        input + output);
  }
}
