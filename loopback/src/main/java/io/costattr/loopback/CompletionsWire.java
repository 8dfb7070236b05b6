package io.costattr.loopback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of the legacy {@code /v1/completions}. */
final class CompletionsWire {
  private CompletionsWire() {}

  static String json(Call call) {
    Map<String, @Nullable Object> completion =
        head(call, Words.text(call.tally().visible()), finish(call));
    completion.put("usage", usage(call));
    return Json.write(completion);
  }

  static List<String> events(Call call) {
    boolean usage = call.prompt().includesUsage();
    List<String> events = new ArrayList<>();
    for (String token : Words.tokens(call.tally().visible())) {
      events.add(event(head(call, token, null), usage));
    }
    events.add(event(head(call, "", finish(call)), usage));
    if (usage) {
      Map<String, @Nullable Object> last = head(call, "", null);
      last.put("choices", List.of());
      last.put("usage", usage(call));
      events.add(EventStream.data(last));
    }
    events.add(EventStream.DONE);
    return events;
  }

  private static String event(Map<String, @Nullable Object> chunk, boolean usage) {
    if (usage) {
      chunk.put("usage", null);
    }
    return EventStream.data(chunk);
  }

  private static Map<String, @Nullable Object> head(
      Call call, String text, @Nullable String finish) {
    return Json.object(
        "id",
        call.id("cmpl-"),
        "object",
        "text_completion",
        "created",
        call.created(),
        "model",
        call.model(),
        "choices",
        List.of(Json.object("text", text, "index", 0, "logprobs", null, "finish_reason", finish)));
  }

  private static Map<String, @Nullable Object> usage(Call call) {
    Tally tally = call.tally();
    return Json.object(
        "prompt_tokens",
        tally.input(),
        "completion_tokens",
        tally.output(),
        "total_tokens",
        tally.input() + tally.output());
  }

  private static String finish(Call call) {
    return call.tally().cut() ? "length" : "stop";
  }
}
