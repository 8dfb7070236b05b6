package io.costattr.it.versions;

import static io.costattr.it.versions.Library.once;
import static io.costattr.it.versions.Library.with;

import java.util.List;

/** SDKs, on HTTP clients of others. */
final class Sdks {
  static final Library OPENAI =
      new Library(
              "openai-java",
              "com.openai:openai-java",
              "openai",
              List.of(
                  "0.18.0", "0.43.0", "1.1.0", "1.6.1", "2.0.0", "2.20.1", "3.0.2", "3.7.1",
                  "4.0.0", "4.101.0"),
              with(once("sync", "async", "stream", "async-stream"), "retried", "async-retried"))
          .adapted(Sdks::forOpenAi)
          .comparedBy("openAiJava");

  static final Library OPENAI_SHAPES =
      new Library(
              "openai-java",
              "com.openai:openai-java",
              "openaishapes",
              List.of(
                  "0.18.0", "0.43.0", "1.1.0", "1.6.1", "2.0.0", "2.20.1", "3.0.2", "3.7.1",
                  "4.0.0", "4.101.0"),
              with(
                  once(
                      "raw",
                      "raw-parsed",
                      "raw-async",
                      "raw-stream",
                      "with-options",
                      "with-options-async",
                      "structured",
                      "structured-responses",
                      "responses",
                      "responses-stream",
                      "async-embedding",
                      "custom-client",
                      "custom-client-stream",
                      "custom-client-async"),
                  "raw-retried",
                  "custom-client-retried"))
          .since(
              "0.43.0",
              "raw",
              "raw-parsed",
              "raw-retried",
              "raw-async",
              "responses",
              "responses-stream")
          // Before, such a stream ends early, and silently, when the JVM collects garbage
          // meanwhile.
          .since("1.1.0", "raw-stream")
          .since("2.0.0", "structured", "structured-responses")
          .since("2.20.1", "with-options", "with-options-async")
          .adapted(Sdks::forOpenAi)
          .remark(
              "Raw responses, other options, structured outputs, an application's own HttpClient.");

  /** Web sockets came with 4.65, those for realtime conversations later. */
  static final Library OPENAI_RESPONSES =
      new Library(
          "openai-java",
          "com.openai:openai-java",
          "openairesponses",
          List.of("4.65.0", "4.101.0"),
          once("socket", "reconnected"));

  static final Library OPENAI_REALTIME =
      new Library(
          "openai-java",
          "com.openai:openai-java",
          "openairealtime",
          List.of("4.101.0"),
          once("socket", "socket-opened"));

  static final Library ANTHROPIC =
      new Library(
              "anthropic-java",
              "com.anthropic:anthropic-java",
              "anthropic",
              List.of("0.1.0", "1.4.0", "2.75.0", "3.12.0"),
              with(once("sync", "async", "stream", "async-stream"), "retried", "async-retried"))
          // The models of messages lay one package higher in the first versions.
          .adapted(
              (source, version) ->
                  version.startsWith("0.1.")
                      ? source
                          .replace("com.anthropic.models.messages.", "com.anthropic.models.")
                          .replace(
                              ".addUserMessage(\"Hello there\")",
                              ".messages(java.util.List.of(com.anthropic.models.MessageParam.builder()"
                                  + ".role(com.anthropic.models.MessageParam.Role.USER)"
                                  + ".content(\"Hello there\").build()))")
                      : source);

  static final Library AZURE =
      new Library(
              "azure-ai-openai",
              "com.azure:azure-ai-openai",
              "azure",
              List.of("1.0.0-beta.16"),
              once(
                  "sync",
                  "stream",
                  "async",
                  "async-stream",
                  "okhttp-sync",
                  "okhttp-stream",
                  "okhttp-async",
                  "okhttp-async-stream",
                  "jdk-sync",
                  "jdk-stream",
                  "jdk-async"))
          .besides(
              version ->
                  List.of(
                      "com.azure:azure-core-http-netty:1.15.11",
                      "com.azure:azure-core-http-okhttp:1.12.10",
                      "com.azure:azure-core-http-jdk-httpclient:1.0.3",
                      "com.azure:azure-core:1.55.3"))
          .onNetty()
          .remark(
              "A retry of an asynchronous call is reported as the HTTP client's. (An asynchronous stream over the"
                  + " JDK's client fails in the library itself.)");

  static final Library SIMPLE_OPENAI =
      new Library(
          "simple-openai",
          "io.github.sashirestela:simple-openai",
          "simpleopenai",
          List.of("3.5.1", "3.16.0", "3.22.2"),
          once("async", "async-stream"));

  static final Library THEO_KANNING =
      new Library(
              "openai-gpt3-java",
              "com.theokanning.openai-gpt3-java:service",
              "theokanning",
              List.of("0.18.2"),
              once("sync", "stream"))
          .reportedAs(version -> "openai-gpt3-java")
          .reportedAs("stream", version -> "okhttp 3.14.9")
          .estimated("stream")
          .remark(
              "Its streams are reported as OkHttp's, and estimated: it cannot ask for their usage.");

  static final List<Library> ALL =
      List.of(
          OPENAI,
          OPENAI_SHAPES,
          OPENAI_RESPONSES,
          OPENAI_REALTIME,
          ANTHROPIC,
          AZURE,
          SIMPLE_OPENAI,
          THEO_KANNING);

  private Sdks() {}

  /** Up to 0.33 the models of chat completions and embeddings lay one package higher. */
  private static String forOpenAi(String source, String version) {
    return version.startsWith("0.18")
        ? source
            .replace("com.openai.models.chat.completions.", "com.openai.models.")
            .replace("com.openai.models.embeddings.", "com.openai.models.")
        : source;
  }
}
