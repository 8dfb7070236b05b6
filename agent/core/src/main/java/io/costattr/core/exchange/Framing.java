package io.costattr.core.exchange;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which way a body holds JSON documents. */
enum Framing {
  /** One document; an array may be a stream of its elements. */
  DOCUMENT,
  /** Server-sent events. */
  EVENTS,
  /** One document a line. */
  LINES;

  /** What a {@code Content-Type} says of it; anything unknown is one document. */
  static Framing of(@Nullable String contentType) {
    if (contentType == null) {
      return DOCUMENT;
    }
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return switch (type.trim().toLowerCase(Locale.ROOT)) {
      case "text/event-stream" -> EVENTS;
      case "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "application/stream+json" ->
          LINES;
      default -> DOCUMENT;
    };
  }
}
