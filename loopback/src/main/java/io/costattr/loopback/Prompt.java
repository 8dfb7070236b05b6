package io.costattr.loopback;

import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What a request's JSON asks for.
 *
 * @param json the whole of it
 */
record Prompt(Map<?, ?> json) {
  private static final List<String> TEXTS =
      List.of(
          "messages", "instructions", "input", "prompt", "content", "text", "arguments", "output");

  /** Of JSON or a form; null when the body is neither. */
  static @Nullable Prompt parse(WireRequest request) {
    Map<String, @Nullable Object> form = Form.parse(request);
    if (form != null) {
      return new Prompt(form);
    }
    try {
      return Json.parse(request.text()) instanceof Map<?, ?> json ? new Prompt(json) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  String model() {
    return json.get("model") instanceof String model ? model : "";
  }

  boolean streams() {
    return flag("stream", false);
  }

  boolean includesUsage() {
    return json.get("stream_options") instanceof Map<?, ?> options
        && Boolean.TRUE.equals(options.get("include_usage"));
  }

  boolean obfuscates() {
    return !(json.get("stream_options") instanceof Map<?, ?> options)
        || !Boolean.FALSE.equals(options.get("include_obfuscation"));
  }

  boolean has(String name) {
    return json.get(name) != null;
  }

  boolean flag(String name, boolean otherwise) {
    return json.get(name) instanceof Boolean flag ? flag : otherwise;
  }

  @Nullable String text(String name) {
    return json.get(name) instanceof String text ? text : null;
  }

  /** The first of these that is a number, or {@code otherwise}. */
  int number(int otherwise, String... names) {
    for (String name : names) {
      if (json.get(name) instanceof Number number) {
        return number.intValue();
      }
    }
    return otherwise;
  }

  /** {@code reasoning_effort} of chat completions, {@code reasoning.effort} of responses. */
  @Nullable String effort() {
    return json.get("reasoning") instanceof Map<?, ?> reasoning
            && reasoning.get("effort") instanceof String effort
        ? effort
        : text("reasoning_effort");
  }

  /** The tier that serves it, as a response names it. */
  String servedTier() {
    String asked = text("service_tier");
    if (asked == null || asked.equals("auto")) {
      return "default";
    }
    return asked.equals("fast") ? "priority" : asked;
  }

  /** The words of everything the model is to read. */
  int words() {
    return words(json);
  }

  private static int words(@Nullable Object value) {
    if (value instanceof String text) {
      return new StringTokenizer(text).countTokens();
    }
    int words = value instanceof Number ? 1 : 0;
    if (value instanceof List<?> list) {
      for (Object item : list) {
        words += words(item);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (String name : TEXTS) {
        Object part = map.get(name);
        // Of objects only a message's or an item's list of parts is text: not text.format.
        words += part instanceof Map ? 0 : words(part);
      }
    }
    return words;
  }
}
