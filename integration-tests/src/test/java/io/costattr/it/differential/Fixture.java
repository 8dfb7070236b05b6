package io.costattr.it.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Bodies in the shapes of the provider's. */
final class Fixture {
  static final String CHAT = read("chat.json");
  static final String CHAT_STREAM = read("chat-stream.sse");
  static final String RESPONSES_STREAM = read("responses-stream.sse");
  static final String EMBEDDINGS = read("embeddings.json");
  static final String ERROR_400 = read("error-400.json");
  static final String ERROR_429 = read("error-429.json");

  static final String QUESTION =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Which colour has"
          + " the sky?\"}]}";
  static final String STREAM_QUESTION =
      QUESTION.replace(
          "\"messages\"",
          "\"stream\" : true,\"stream_options\":{\"include_usage\":true},\"messages\"");

  private Fixture() {}

  /** A usage object, as JSON. */
  static String usage(String members) {
    return CHAT.replaceAll("\"usage\":\\{.*\\}\\},", "\"usage\":{" + members + "},");
  }

  private static String read(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
