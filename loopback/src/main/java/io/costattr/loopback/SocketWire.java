package io.costattr.loopback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of {@code /v1/realtime} and {@code /v1/responses} over a web socket. Every {@code
 * response.create} is answered with 2 tokens of text in and 5 out, half of them in the cache; a
 * realtime {@code input_audio_buffer.commit} is answered as well, unasked. Whatever else is sent is
 * not answered.
 */
final class SocketWire {
  private final WireSocket socket;
  private final String model;
  private int responses;

  private SocketWire(WireSocket socket, String model) {
    this.socket = socket;
    this.model = model;
  }

  /** Converses until the client has closed the socket. */
  static void realtime(WireRequest request, WireSocket socket) throws IOException {
    String target = request.target();
    int at = target.indexOf("model=");
    String model = at < 0 ? "gpt-realtime" : target.substring(at + 6).replaceAll("&.*", "");
    SocketWire wire = new SocketWire(socket, model);
    wire.send(
        Json.object(
            "type",
            "session.created",
            "event_id",
            "event_0",
            "session",
            Json.object(
                "type",
                "realtime",
                "object",
                "realtime.session",
                "id",
                "sess_1",
                "model",
                model,
                "output_modalities",
                List.of("text"))));
    for (String text = socket.receive(); text != null; text = socket.receive()) {
      if (text.contains("response.create") || text.contains("input_audio_buffer.commit")) {
        wire.answer();
      }
    }
    socket.awaitClose();
  }

  /** Converses until the client has closed the socket. */
  static void responses(WireSocket socket, String snapshot) throws IOException {
    SocketWire wire = new SocketWire(socket, snapshot);
    for (String text = socket.receive(); text != null; text = socket.receive()) {
      if (text.contains("response.create")) {
        wire.respond();
      }
    }
    socket.awaitClose();
  }

  private void answer() throws IOException {
    String id = "resp_rt" + ++responses;
    send(event("response.created", "response", response(id, "in_progress", null)));
    send(
        event(
            "response.output_text.delta",
            "response_id",
            id,
            "item_id",
            "item_1",
            "output_index",
            0,
            "content_index",
            0,
            "delta",
            "Blue."));
    Map<String, @Nullable Object> usage =
        Json.object(
            "total_tokens",
            7,
            "input_tokens",
            2,
            "output_tokens",
            5,
            "input_token_details",
            Json.object(
                "text_tokens",
                2,
                "audio_tokens",
                0,
                "image_tokens",
                0,
                "cached_tokens",
                1,
                "cached_tokens_details",
                Json.object("text_tokens", 1, "audio_tokens", 0, "image_tokens", 0)),
            "output_token_details",
            Json.object("text_tokens", 5, "audio_tokens", 0));
    send(event("response.done", "response", response(id, "completed", usage)));
  }

  private Map<String, @Nullable Object> response(
      String id, String status, @Nullable Map<String, @Nullable Object> usage) {
    return Json.object(
        "object",
        "realtime.response",
        "id",
        id,
        "status",
        status,
        "status_details",
        null,
        "output",
        List.of(),
        "output_modalities",
        List.of("text"),
        "usage",
        usage,
        "metadata",
        null);
  }

  private void respond() throws IOException {
    String id = "resp_ws" + ++responses;
    List<Map<String, @Nullable Object>> events = new ArrayList<>();
    events.add(event("response.created", "response", respond(id, "in_progress", null)));
    events.add(
        event(
            "response.output_text.delta",
            "item_id",
            "msg_1",
            "output_index",
            0,
            "content_index",
            0,
            "delta",
            "Blue.",
            "logprobs",
            List.of()));
    Map<String, @Nullable Object> usage =
        Json.object(
            "input_tokens",
            2,
            "input_tokens_details",
            Json.object("cached_tokens", 1),
            "output_tokens",
            5,
            "output_tokens_details",
            Json.object("reasoning_tokens", 0),
            "total_tokens",
            7);
    events.add(event("response.completed", "response", respond(id, "completed", usage)));
    for (int i = 0; i < events.size(); i++) {
      events.get(i).put("sequence_number", i);
      send(events.get(i));
    }
  }

  private Map<String, @Nullable Object> respond(
      String id, String status, @Nullable Map<String, @Nullable Object> usage) {
    return Json.object(
        "id",
        id,
        "object",
        "response",
        "created_at",
        System.currentTimeMillis() / 1000,
        "status",
        status,
        "error",
        null,
        "incomplete_details",
        null,
        "instructions",
        null,
        "metadata",
        Json.object(),
        "model",
        model,
        "output",
        List.of(),
        "parallel_tool_calls",
        true,
        "service_tier",
        status.equals("completed") ? "default" : "auto",
        "temperature",
        1.0,
        "tool_choice",
        "auto",
        "tools",
        List.of(),
        "top_p",
        1.0,
        "usage",
        usage);
  }

  private static Map<String, @Nullable Object> event(String type, @Nullable Object... members) {
    Map<String, @Nullable Object> event = Json.object("type", type, "event_id", "event_" + type);
    event.putAll(Json.object(members));
    return event;
  }

  private void send(Map<String, @Nullable Object> event) throws IOException {
    socket.text(Json.write(event));
  }
}
