package io.costattr.loopback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a response says of the provider's tools that ran for it. */
final class ToolsWire {
  private ToolsWire() {}

  /** One item of the output for each. */
  static List<Map<String, @Nullable Object>> items(Call call) {
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    for (String type : call.ran()) {
      Map<String, @Nullable Object> item =
          Json.object("id", call.id("it" + items.size() + "_"), "type", type);
      item.put("status", "completed");
      switch (type) {
        case "web_search_call" ->
            item.put("action", Json.object("type", "search", "query", "the weather"));
        case "file_search_call" -> {
          item.put("queries", List.of("the order"));
          item.put("results", null);
        }
        case "code_interpreter_call" -> {
          item.put("code", "1 + 1");
          item.put("container_id", container(call));
          item.put("outputs", null);
        }
        default -> item.put("result", "AAAA");
      }
      items.add(item);
    }
    return items;
  }

  /** The container in which all code of one server runs. */
  static String container(Call call) {
    return "cntr_" + Long.toString(call.series(), 36);
  }

  /** Apart from the model's own usage; a picture is of 1056 tokens. */
  static Map<String, @Nullable Object> usage(Call call) {
    int pictures = Collections.frequency(call.ran(), "image_generation_call");
    return Json.object(
        "image_gen",
        Json.object(
            "input_tokens",
            30 * pictures,
            "input_tokens_details",
            Json.object("image_tokens", 0, "text_tokens", 30 * pictures),
            "output_tokens",
            1056 * pictures,
            "output_tokens_details",
            Json.object("image_tokens", 1056 * pictures, "text_tokens", 0),
            "total_tokens",
            1086 * pictures),
        "web_search",
        Json.object("num_requests", Collections.frequency(call.ran(), "web_search_call")));
  }
}
