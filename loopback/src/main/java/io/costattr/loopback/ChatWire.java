package io.costattr.loopback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of {@code /v1/chat/completions}. */
final class ChatWire {
  private ChatWire() {}

  static String json(Call call) {
    Map<String, @Nullable Object> message =
        Json.object(
            "role",
            "assistant",
            "content",
            Words.text(call.tally().visible()),
            "refusal",
            null,
            "annotations",
            List.of());
    return Json.write(
        Json.object(
            "id",
            call.id("chatcmpl-"),
            "object",
            "chat.completion",
            "created",
            call.created(),
            "model",
            call.model(),
            "choices",
            List.of(
                Json.object(
                    "index",
                    0,
                    "message",
                    message,
                    "logprobs",
                    null,
                    "finish_reason",
                    finish(call))),
            "usage",
            call.tally().asChat(),
            "service_tier",
            call.prompt().servedTier(),
            "system_fingerprint",
            call.fingerprint()));
  }

  static List<String> events(Call call) {
    List<String> events = new ArrayList<>();
    events.add(
        chunk(call, 0, Json.object("role", "assistant", "content", "", "refusal", null), null));
    for (String token : Words.tokens(call.tally().visible())) {
      events.add(chunk(call, events.size(), Json.object("content", token), null));
    }
    events.add(chunk(call, events.size(), Json.object(), finish(call)));
    if (call.prompt().includesUsage()) {
      Map<String, @Nullable Object> last = head(call);
      last.put("choices", List.of());
      last.put("usage", call.tally().asChat());
      events.add(EventStream.data(call.obfuscated(last, events.size())));
    }
    events.add(EventStream.DONE);
    return events;
  }

  private static String chunk(
      Call call, int position, Map<String, @Nullable Object> delta, @Nullable String finish) {
    Map<String, @Nullable Object> chunk = head(call);
    chunk.put(
        "choices",
        List.of(
            Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finish)));
    if (call.prompt().includesUsage()) {
      chunk.put("usage", null);
    }
    return EventStream.data(call.obfuscated(chunk, position));
  }

  private static Map<String, @Nullable Object> head(Call call) {
    return Json.object(
        "id",
        call.id("chatcmpl-"),
        "object",
        "chat.completion.chunk",
        "created",
        call.created(),
        "model",
        call.model(),
        "service_tier",
        call.prompt().servedTier(),
        "system_fingerprint",
        call.fingerprint());
  }

  private static String finish(Call call) {
    return call.tally().cut() ? "length" : "stop";
  }
}
