package io.costattr.core.dialect;

import java.util.List;

/** Ollama, known by its port on this machine, and by its cloud's host. */
final class Ollama implements Accent {

  static Provider provider() {
    Accent accent = new Ollama();
    return new Provider(
        "ollama",
        List.of(
            "ollama.com",
            "localhost:11434",
            "127.0.0.1:11434",
            "::1:11434",
            "[::1]:11434",
            "ollama:11434",
            "host.docker.internal:11434"),
        List.of(new OllamaDialect(), new OpenAiDialect(accent), new AnthropicDialect(accent)));
  }
}
