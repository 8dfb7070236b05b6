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
  LINES,
  /** No JSON: sound, a picture, a film, subtitles. However long, nothing is read of it. */
  OPAQUE;

  /** Whether there are documents one after the other. */
  boolean isStream() {
    return this == EVENTS || this == LINES;
  }

  /** What a {@code Content-Type} says of it; anything unknown is one document. */
  static Framing of(@Nullable String contentType) {
    if (contentType == null) {
      return DOCUMENT;
    }
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    String name = type.trim().toLowerCase(Locale.ROOT);
    if (name.startsWith("audio/") || name.startsWith("video/") || name.startsWith("image/")) {
      return OPAQUE;
    }
    return switch (name) {
      case "text/event-stream" -> EVENTS;
      case "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "application/stream+json" ->
          LINES;
      case "text/vtt", "text/srt", "application/x-subrip" -> OPAQUE;
      default -> DOCUMENT;
    };
  }
}
