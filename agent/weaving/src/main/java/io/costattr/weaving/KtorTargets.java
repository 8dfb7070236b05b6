package io.costattr.weaving;

/**
 * What is woven of Ktor's client, and of openai-kotlin on it. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: Ktor 2.0 to 3.6,
 * openai-kotlin 3.2 to 4.1. Of its engines those are here that stand on an HTTP client that is
 * observed; the others are {@link #UNSEEN}.
 */
final class KtorTargets {
  private static final String KTOR = "Ktor";
  private static final String ADVICE = "io.costattr.advice.ktor.";
  private static final String BUILDER = "Lio/ktor/client/request/HttpRequestBuilder;";
  private static final String OTHERS = "its engines OkHttp, Java, Apache, Apache5 and Android are";

  static final Target[] ALL = {
    new Target(
        "io/ktor/client/request/HttpRequestBuilder",
        KTOR,
        new Hook("build", "()Lio/ktor/client/request/HttpRequestData;", ADVICE + "BuildAdvice"),
        new Hook(
            "takeFromWithExecutionContext", "(" + BUILDER + ")" + BUILDER, ADVICE + "CopyAdvice")),
    // Without these an attempt that the plugin makes again would be a call of its own.
    retrying("HttpRequestRetry", "prepareRequest"),
    retrying(
        "HttpRequestRetryKt",
        "HttpRequestRetry$lambda$0$prepareRequest|HttpRequestRetry$lambda$1$prepareRequest"),
    engine("okhttp/OkHttpEngine"),
    engine("java/JavaHttpEngine"),
    engine("apache/ApacheEngine"),
    engine("apache5/Apache5Engine"),
    engine("android/AndroidClientEngine"),
    new Target(
        "com/aallam/openai/client/internal/http/HttpTransport",
        "openai-kotlin",
        new Hook("perform", "(Lio/ktor/util/reflect/TypeInfo;*", ADVICE + "PerformAdvice"),
        new Hook(
            "perform", "(Lio/ktor/client/request/HttpRequestBuilder;*", ADVICE + "PerformAdvice"),
        new Hook("performSse", "(*", ADVICE + "PerformAdvice").whereThere()),
  };

  static final Unseen[] UNSEEN = {
    new Unseen("io/ktor/client/engine/cio/CIOEngine", "Ktor's engine CIO", OTHERS),
    new Unseen("io/ktor/client/engine/jetty/JettyHttp2Engine", "Ktor's engine Jetty", OTHERS),
    new Unseen(
        "io/ktor/client/engine/jetty/jakarta/JettyHttp2Engine", "Ktor's engine Jetty", OTHERS),
  };

  private KtorTargets() {}

  private static Target retrying(String type, String method) {
    return new Target(
        "io/ktor/client/plugins/" + type,
        KTOR,
        new Hook(method, "(" + BUILDER + ")" + BUILDER, ADVICE + "RetryAdvice").whereThere());
  }

  private static Target engine(String name) {
    return new Target(
        "io/ktor/client/engine/" + name,
        KTOR,
        new Hook(
            "execute", "(Lio/ktor/client/request/HttpRequestData;*", ADVICE + "ExecuteAdvice"));
  }
}
