package io.costattr.loopback;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models the server knows, and the dated snapshot each name stands for. */
final class Models {
  private static final Map<String, String> SNAPSHOTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("gpt-6.2-sol", "gpt-6.2-sol"),
              Map.entry("gpt-5.6-sol", "gpt-5.6-sol"),
              Map.entry("gpt-5.5", "gpt-5.5-2026-04-23"),
              Map.entry("gpt-5.4", "gpt-5.4-2026-03-05"),
              Map.entry("gpt-5.4-mini", "gpt-5.4-mini-2026-03-17"),
              Map.entry("gpt-5.4-nano", "gpt-5.4-nano-2026-03-17"),
              Map.entry("gpt-5.1", "gpt-5.1-2025-11-13"),
              Map.entry("gpt-5", "gpt-5-2025-08-07"),
              Map.entry("gpt-5-mini", "gpt-5-mini-2025-08-07"),
              Map.entry("gpt-5-nano", "gpt-5-nano-2025-08-07"),
              Map.entry("gpt-4.1", "gpt-4.1-2025-04-14"),
              Map.entry("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"),
              Map.entry("gpt-4o", "gpt-4o-2024-08-06"),
              Map.entry("gpt-4o-mini", "gpt-4o-mini-2024-07-18"),
              Map.entry("o3-mini", "o3-mini-2025-01-31"),
              Map.entry("o4-mini", "o4-mini-2025-04-16"),
              Map.entry("gpt-3.5-turbo-instruct", "gpt-3.5-turbo-instruct:20230824-v2"),
              Map.entry("text-embedding-3-small", "text-embedding-3-small"),
              Map.entry("text-embedding-3-large", "text-embedding-3-large"),
              Map.entry("gpt-image-1", "gpt-image-1"),
              Map.entry("gpt-image-2", "gpt-image-2"),
              Map.entry("dall-e-2", "dall-e-2"),
              Map.entry("dall-e-3", "dall-e-3"),
              Map.entry("whisper-1", "whisper-1"),
              Map.entry("gpt-4o-transcribe", "gpt-4o-transcribe"),
              Map.entry("gpt-4o-mini-tts", "gpt-4o-mini-tts"),
              Map.entry("tts-1", "tts-1"),
              Map.entry("omni-moderation-latest", "omni-moderation-latest"),
              Map.entry("sora-2", "sora-2")));

  private Models() {}

  /** The name a response carries for the requested one, or null when there is no such model. */
  static @Nullable String snapshot(String requested) {
    String snapshot = SNAPSHOTS.get(requested);
    return snapshot == null && SNAPSHOTS.containsValue(requested) ? requested : snapshot;
  }

  /** Since gpt-5.6 writing to the prompt cache is counted, and billed, apart. */
  static boolean countsCacheWrites(String snapshot) {
    return snapshot.startsWith("gpt-5.6") || snapshot.startsWith("gpt-6");
  }

  static List<String> names() {
    return List.copyOf(SNAPSHOTS.keySet());
  }
}
