package io.costattr.loopback;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of {@code /v1/audio/...}. A file has a second of sound for each 1000 bytes and ten
 * tokens for each second; a second is heard as three tokens of text, and a word read aloud is ten
 * tokens of sound. No response names its model.
 */
final class AudioWire {
  private AudioWire() {}

  static String transcription(Call call) {
    boolean byTime = call.model().startsWith("whisper");
    return Json.write(
        Json.object(
            "text",
            Words.text(3 * seconds(call.prompt())),
            "usage",
            byTime
                ? Json.object("type", "duration", "seconds", seconds(call.prompt()))
                : heard(call.prompt())));
  }

  static List<String> transcriptionEvents(Call call) {
    String text = Words.text(3 * seconds(call.prompt()));
    return List.of(
        EventStream.data(Json.object("type", "transcript.text.delta", "delta", text)),
        EventStream.data(
            Json.object(
                "type", "transcript.text.done", "text", text, "usage", heard(call.prompt()))));
  }

  static String translation(Call call) {
    String text = Words.text(3 * seconds(call.prompt()));
    boolean verbose = "verbose_json".equals(call.prompt().text("response_format"));
    return Json.write(
        verbose
            ? Json.object(
                "task",
                "translate",
                "language",
                "english",
                "duration",
                seconds(call.prompt()) - 0.4,
                "text",
                text,
                "segments",
                List.of())
            : Json.object("text", text));
  }

  /** Sound, which tells nothing of itself. */
  static void speech(Call call, Reply reply) throws IOException {
    reply.header("content-type", "audio/mpeg").body(new byte[40 * call.prompt().words()]);
  }

  static List<String> speechEvents(Call call) {
    int input = call.prompt().words();
    return List.of(
        EventStream.data(Json.object("type", "speech.audio.delta", "audio", "AAAA")),
        EventStream.data(
            Json.object(
                "type",
                "speech.audio.done",
                "usage",
                Json.object(
                    "input_tokens",
                    input,
                    "output_tokens",
                    10 * input,
                    "total_tokens",
                    11 * input))));
  }

  private static Map<String, @Nullable Object> heard(Prompt prompt) {
    int audio = 10 * seconds(prompt);
    int text = prompt.words();
    int output = 3 * seconds(prompt);
    return Json.object(
        "type",
        "tokens",
        "input_tokens",
        audio + text,
        "input_token_details",
        Json.object("text_tokens", text, "audio_tokens", audio),
        "output_tokens",
        output,
        "total_tokens",
        audio + text + output);
  }

  private static int seconds(Prompt prompt) {
    long bytes =
        prompt.json().get("file") instanceof List<?> files
                && !files.isEmpty()
                && files.get(0) instanceof Long size
            ? size
            : 0;
    return (int) Math.max(1, bytes / 1000);
  }
}
