package io.costattr.loopback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of {@code /v1/responses}: a stream of typed events, without {@code [DONE]}. */
final class ResponsesWire {
  private final Call call;
  private final long created;
  private final List<String> events = new ArrayList<>();

  private ResponsesWire(Call call) {
    this.call = call;
    this.created = call.created();
  }

  static String json(Call call) {
    return Json.write(new ResponsesWire(call).finished());
  }

  /** A response in the background, by how far it has come. */
  static Function<String, Map<String, @Nullable Object>> job(Call call) {
    ResponsesWire wire = new ResponsesWire(call);
    return status -> status.equals("done") ? wire.finished() : wire.response(status, List.of());
  }

  static List<String> events(Call call) {
    ResponsesWire wire = new ResponsesWire(call);
    wire.stream();
    return wire.events;
  }

  private void stream() {
    event("response.created", "response", response("in_progress", List.of()));
    event("response.in_progress", "response", response("in_progress", List.of()));
    int index = 0;
    if (call.tally().reasoning() > 0) {
      event("response.output_item.added", "output_index", index, "item", reasoning());
      event("response.output_item.done", "output_index", index, "item", reasoning());
      index++;
    }
    message(index);
    event("response." + status(), "response", finished());
  }

  private void message(int index) {
    String id = call.id("msg_");
    String whole = Words.text(call.tally().visible());
    event(
        "response.output_item.added",
        "output_index",
        index,
        "item",
        message("in_progress", List.of()));
    event(
        "response.content_part.added",
        "item_id",
        id,
        "output_index",
        index,
        "content_index",
        0,
        "part",
        part(""));
    for (String token : Words.tokens(call.tally().visible())) {
      Map<String, @Nullable Object> delta =
          typed(
              "response.output_text.delta",
              "item_id",
              id,
              "output_index",
              index,
              "content_index",
              0,
              "delta",
              token,
              "logprobs",
              List.of());
      events.add(
          EventStream.event("response.output_text.delta", call.obfuscated(delta, events.size())));
    }
    event(
        "response.output_text.done",
        "item_id",
        id,
        "output_index",
        index,
        "content_index",
        0,
        "text",
        whole,
        "logprobs",
        List.of());
    event(
        "response.content_part.done",
        "item_id",
        id,
        "output_index",
        index,
        "content_index",
        0,
        "part",
        part(whole));
    event(
        "response.output_item.done",
        "output_index",
        index,
        "item",
        message(status(), List.of(part(whole))));
  }

  private void event(String type, @Nullable Object... members) {
    events.add(EventStream.event(type, typed(type, members)));
  }

  private Map<String, @Nullable Object> typed(String type, @Nullable Object... members) {
    Map<String, @Nullable Object> event = Json.object("type", type);
    event.put("sequence_number", events.size());
    event.putAll(Json.object(members));
    return event;
  }

  private Map<String, @Nullable Object> finished() {
    List<Object> output = new ArrayList<>(ToolsWire.items(call));
    if (call.tally().reasoning() > 0) {
      output.add(reasoning());
    }
    output.add(message(status(), List.of(part(Words.text(call.tally().visible())))));
    return response(status(), output);
  }

  private Map<String, @Nullable Object> response(String status, List<Object> output) {
    boolean running = status.equals("in_progress") || status.equals("queued");
    boolean counted = !running && !status.equals("cancelled");
    Prompt prompt = call.prompt();
    Map<String, @Nullable Object> response =
        Json.object(
            "id",
            call.id("resp_"),
            "object",
            "response",
            "created_at",
            created,
            "status",
            status,
            "background",
            prompt.flag("background", false),
            "error",
            null,
            "incomplete_details",
            status.equals("incomplete") ? Json.object("reason", "max_output_tokens") : null,
            "instructions",
            prompt.text("instructions"),
            "max_output_tokens",
            prompt.json().get("max_output_tokens"),
            "model",
            call.model(),
            "output",
            output,
            "parallel_tool_calls",
            true,
            "previous_response_id",
            prompt.text("previous_response_id"),
            "prompt_cache_key",
            prompt.text("prompt_cache_key"),
            "reasoning",
            Json.object("effort", prompt.effort(), "summary", null),
            "service_tier",
            running ? "auto" : prompt.servedTier(),
            "store",
            prompt.flag("store", true),
            "temperature",
            1.0,
            "text",
            Json.object("format", Json.object("type", "text")),
            "tool_choice",
            "auto",
            "tools",
            prompt.json().get("tools") instanceof List<?> tools ? tools : List.of(),
            "top_p",
            1.0,
            "truncation",
            "disabled",
            "usage",
            counted ? call.tally().asResponses() : null,
            "user",
            null,
            "metadata",
            Json.object());
    if (counted && !call.ran().isEmpty()) {
      response.put("tool_usage", ToolsWire.usage(call));
    }
    return response;
  }

  private Map<String, @Nullable Object> reasoning() {
    return Json.object("id", call.id("rs_"), "type", "reasoning", "summary", List.of());
  }

  private Map<String, @Nullable Object> message(String status, List<Object> content) {
    return Json.object(
        "id",
        call.id("msg_"),
        "type",
        "message",
        "status",
        status,
        "role",
        "assistant",
        "content",
        content);
  }

  private static Map<String, @Nullable Object> part(String text) {
    return Json.object(
        "type", "output_text", "annotations", List.of(), "logprobs", List.of(), "text", text);
  }

  private String status() {
    return call.tally().cut() ? "incomplete" : "completed";
  }
}
