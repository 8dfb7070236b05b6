package io.costattr.weaving;

/**
 * The libraries that stand on an HTTP client or on another SDK: what is woven of them names the
 * call, and says which attempts are one. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: openai-java 0.18 to 4.101,
 * anthropic-java 0.1 to 3.12, Spring AI 1.0 to 2.0, LangChain4j 1.0 to 1.19, azure-ai-openai
 * 1.0.0-beta.16, cleverclient 1.4 to 2.2, openai-gpt3-java 0.18.
 */
final class LayerTargets {
  private static final String ADVICE = "io.costattr.advice.";
  private static final String SPRING_AI = "Spring AI";
  private static final String SPRING_API = "org/springframework/ai/openai/api/";
  private static final String SPRING_CALL = ADVICE + "springai.CallAdvice";
  private static final String SPRING_STREAM = ADVICE + "springai.StreamAdvice";
  private static final String LANGCHAIN = "LangChain4j";
  private static final String LANGCHAIN_CALL = ADVICE + "langchain4j.CallAdvice";
  private static final String LANGCHAIN_STREAM = ADVICE + "langchain4j.StreamAdvice";
  private static final String LANGCHAIN_AZURE = "dev/langchain4j/model/azure/AzureOpenAi";
  private static final String CHAT_REQUEST = "(Ldev/langchain4j/model/chat/request/ChatRequest;";
  private static final String HTTP_REQUEST = "(Ldev/langchain4j/http/client/HttpRequest;";
  private static final String AZURE = "azure-ai-openai";
  private static final String AZURE_CLIENTS = "com/azure/ai/openai/implementation/";

  static final Target[] ALL = {
    retrying("com/openai/", "openai-java"),
    preparing("com/openai/", "openai-java"),
    logging("com/openai/", "openai-java"),
    closing("com/openai/", "openai-java"),
    transport("com/openai/", "openai-java"),
    new Target(
        "com/openai/client/okhttp/BoundedWebSocket",
        "openai-java",
        new Hook(
            "connect",
            "(Lokhttp3/OkHttpClient;Lokhttp3/Request;Lcom/openai/core/RequestOptions;*",
            ADVICE + "stainless.SocketAdvice")),
    retrying("com/anthropic/", "anthropic-java"),
    preparing("com/anthropic/", "anthropic-java"),
    logging("com/anthropic/", "anthropic-java"),
    closing("com/anthropic/", "anthropic-java"),
    transport("com/anthropic/", "anthropic-java"),
    new Target(
        SPRING_API + "OpenAiApi",
        SPRING_AI,
        new Hook(
            "chatCompletionEntity",
            "(Lorg/springframework/ai/openai/api/OpenAiApi$ChatCompletionRequest;"
                + "Lorg/springframework/util/MultiValueMap;*",
            SPRING_CALL),
        new Hook(
            "chatCompletionStream",
            "(Lorg/springframework/ai/openai/api/OpenAiApi$ChatCompletionRequest;"
                + "Lorg/springframework/util/MultiValueMap;)Lreactor/core/publisher/Flux;",
            SPRING_STREAM),
        new Hook("embeddings", "(*", SPRING_CALL)),
    new Target(
        SPRING_API + "OpenAiImageApi", SPRING_AI, new Hook("createImage", "(*", SPRING_CALL)),
    new Target(
        SPRING_API + "OpenAiAudioApi",
        SPRING_AI,
        new Hook("createSpeech", "(*", SPRING_CALL),
        new Hook("stream", "(*", SPRING_STREAM),
        new Hook(
            "createTranscription",
            "(Lorg/springframework/ai/openai/api/OpenAiAudioApi$TranscriptionRequest;"
                + "Ljava/lang/Class;*",
            SPRING_CALL),
        new Hook(
            "createTranslation",
            "(Lorg/springframework/ai/openai/api/OpenAiAudioApi$TranslationRequest;"
                + "Ljava/lang/Class;*",
            SPRING_CALL)),
    new Target(
        SPRING_API + "OpenAiModerationApi",
        SPRING_AI,
        new Hook("createModeration", "(*", SPRING_CALL)),
    new Target(
        "org/springframework/ai/openai/http/okhttp/SpringAiOpenAiHttpClient",
        SPRING_AI,
        new Hook(
            "execute", "(Lcom/openai/core/http/HttpRequest;*", ADVICE + "springai.TransportAdvice"),
        new Hook(
            "executeAsync",
            "(Lcom/openai/core/http/HttpRequest;*",
            ADVICE + "springai.TransportAdvice")),
    new Target(
        "dev/langchain4j/model/openai/OpenAiChatModel",
        LANGCHAIN,
        new Hook("doChat", CHAT_REQUEST + "*", LANGCHAIN_CALL)),
    new Target(
        "dev/langchain4j/model/openai/internal/SyncRequestExecutor",
        LANGCHAIN,
        new Hook("execute", "()*", LANGCHAIN_CALL)),
    new Target(
        "dev/langchain4j/model/openai/internal/StreamingRequestExecutor",
        LANGCHAIN,
        new Hook("stream", "(Ljava/util/function/Consumer;*", LANGCHAIN_STREAM)),
    new Target(
        "dev/langchain4j/http/client/jdk/JdkHttpClient",
        LANGCHAIN,
        new Hook("execute", HTTP_REQUEST + ")*", LANGCHAIN_CALL),
        new Hook(
            "execute",
            HTTP_REQUEST + "Ldev/langchain4j/http/client/sse/ServerSentEventParser;*",
            LANGCHAIN_STREAM)),
    new Target(
        "dev/langchain4j/http/client/spring/restclient/SpringRestClient",
        LANGCHAIN,
        new Hook("execute", HTTP_REQUEST + ")*", LANGCHAIN_CALL)),
    new Target(
        "dev/langchain4j/model/openaiofficial/OpenAiOfficialChatModel",
        LANGCHAIN,
        new Hook("doChat", CHAT_REQUEST + "*", LANGCHAIN_CALL)),
    new Target(
        "dev/langchain4j/model/openaiofficial/OpenAiOfficialStreamingChatModel",
        LANGCHAIN,
        new Hook("doChat", CHAT_REQUEST + "*", LANGCHAIN_STREAM)),
    new Target(
        "dev/langchain4j/model/openaiofficial/OpenAiOfficialEmbeddingModel",
        LANGCHAIN,
        new Hook("embedAll", "(Ljava/util/List;*", LANGCHAIN_CALL)),
    new Target(
        LANGCHAIN_AZURE + "ChatModel",
        LANGCHAIN,
        new Hook("doChat|chat", CHAT_REQUEST + ")*", LANGCHAIN_CALL)),
    new Target(
        LANGCHAIN_AZURE + "StreamingChatModel",
        LANGCHAIN,
        new Hook(
            "doChat|chat",
            CHAT_REQUEST + "Ldev/langchain4j/model/chat/response/StreamingChatResponseHandler;)*",
            LANGCHAIN_STREAM)),
    new Target(
        LANGCHAIN_AZURE + "EmbeddingModel",
        LANGCHAIN,
        new Hook("embedAll", "(Ljava/util/List;)*", LANGCHAIN_CALL)),
    azure(AZURE_CLIENTS + "OpenAIClientImpl"),
    azure(AZURE_CLIENTS + "NonAzureOpenAIClientImpl"),
    new Target(
        "io/github/sashirestela/cleverclient/http/HttpProcessor",
        "simple-openai",
        new Hook(
            "invoke",
            "(Ljava/lang/Object;Ljava/lang/reflect/Method;*",
            ADVICE + "simpleopenai.InvokeAdvice")),
    new Target(
        "com/theokanning/openai/service/OpenAiService",
        "openai-gpt3-java",
        new Hook("execute", "(Lio/reactivex/Single;*", ADVICE + "theokanning.CallAdvice")),
  };

  private LayerTargets() {}

  private static Target retrying(String sdk, String library) {
    return new Target(
        sdk + "core/http/RetryingHttpClient",
        library,
        new Hook(
            "execute",
            request(sdk) + "L" + sdk + "core/http/HttpResponse;",
            ADVICE + "stainless.ExecuteAdvice"),
        new Hook(
            "executeAsync",
            request(sdk) + "Ljava/util/concurrent/CompletableFuture;",
            ADVICE + "stainless.ExecuteAsyncAdvice"));
  }

  private static Target preparing(String sdk, String library) {
    return new Target(
        sdk + "core/PrepareRequest",
        library,
        new Hook(
            "prepareAsync",
            "(L" + sdk + "core/http/HttpRequest;L" + sdk + "core/ClientOptions;*",
            ADVICE + "stainless.PrepareAsyncAdvice"));
  }

  /** Wraps the body of each attempt, by which the call would have been known below. */
  private static Target logging(String sdk, String library) {
    return new Target(sdk + "core/http/LoggingHttpClient", library, attempt(sdk));
  }

  private static Target closing(String sdk, String library) {
    return new Target(sdk + "core/http/PhantomReachableClosingHttpClient", library, attempt(sdk));
  }

  /**
   * In later versions the class above stands between the retries and the transport. This one is
   * loaded as soon as a client is built, when the weaver is not warm yet.
   */
  private static Target transport(String sdk, String library) {
    return new Target(sdk + "client/okhttp/OkHttpClient", library, attempt(sdk))
        .unless(sdk + "core/PhantomReachableSleeper");
  }

  private static Hook attempt(String sdk) {
    return new Hook(
        "executeAsync",
        request(sdk) + "Ljava/util/concurrent/CompletableFuture;",
        ADVICE + "stainless.AttemptAsyncAdvice");
  }

  private static String request(String sdk) {
    return "(L" + sdk + "core/http/HttpRequest;L" + sdk + "core/RequestOptions;)";
  }

  private static Target azure(String client) {
    String[] calls = {
      "getChatCompletions",
      "getCompletions",
      "getEmbeddings",
      "getImageGenerations",
      "generateSpeechFromText",
      "getAudioTranscriptionAsPlainText",
      "getAudioTranscriptionAsResponseObject",
      "getAudioTranslationAsPlainText",
      "getAudioTranslationAsResponseObject",
    };
    Hook[] hooks = new Hook[calls.length * 2];
    for (int i = 0; i < calls.length; i++) {
      hooks[2 * i] = new Hook(calls[i] + "WithResponse", "(*", ADVICE + "azure.CallAdvice");
      hooks[2 * i + 1] =
          new Hook(
              calls[i] + "WithResponseAsync",
              "(Ljava/lang/String;Lcom/azure/core/util/BinaryData;*",
              ADVICE + "azure.AsyncAdvice");
    }
    return new Target(client, AZURE, hooks);
  }
}
