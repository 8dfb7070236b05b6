package io.costattr.loopback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of {@code /v1/images/generations} and {@code /v1/images/edits}. Only GPT Image models
 * report a usage, and no response names its model.
 */
final class ImagesWire {
  private static final int OF_AN_IMAGE_READ = 323;

  private ImagesWire() {}

  static String json(Call call) {
    Prompt prompt = call.prompt();
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < pictures(prompt); i++) {
      data.add(Json.object("b64_json", "AAAA"));
    }
    Map<String, @Nullable Object> json = Json.object("created", call.created(), "data", data);
    if (!call.model().startsWith("dall-e")) {
      json.put("usage", usage(prompt));
    }
    return Json.write(json);
  }

  static List<String> events(Call call) {
    String kind = call.prompt().has("image") ? "image_edit" : "image_generation";
    List<String> events = new ArrayList<>();
    for (int i = 0; i < call.prompt().number(0, "partial_images"); i++) {
      events.add(event(call, kind + ".partial_image", "partial_image_index", i));
    }
    events.add(event(call, kind + ".completed", "usage", usage(call.prompt())));
    return events;
  }

  private static String event(Call call, String type, String name, Object value) {
    return EventStream.event(
        type,
        Json.object(
            "type",
            type,
            "b64_json",
            "AAAA",
            "created_at",
            call.created(),
            "size",
            "1024x1024",
            "quality",
            "medium",
            "background",
            "opaque",
            "output_format",
            "png",
            name,
            value));
  }

  /** A picture of 1024x1024 in medium quality has 1056 tokens. */
  private static Map<String, @Nullable Object> usage(Prompt prompt) {
    int text = prompt.words();
    int read = prompt.json().get("image") instanceof List<?> images ? images.size() : 0;
    int input = text + read * OF_AN_IMAGE_READ;
    int output = 1056 * pictures(prompt);
    return Json.object(
        "input_tokens",
        input,
        "input_tokens_details",
        Json.object("text_tokens", text, "image_tokens", read * OF_AN_IMAGE_READ),
        "output_tokens",
        output,
        "total_tokens",
        input + output);
  }

  private static int pictures(Prompt prompt) {
    return prompt.number(1, "n");
  }
}
