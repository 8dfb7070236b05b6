package io.costattr.weaving;

/**
 * What is woven of OkHttp. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: OkHttp 3.12 to 5.5.
 */
final class OkHttpTargets {
  private static final String ADVICE = "io.costattr.advice.";

  static final Target[] ALL = {
    new Target(
        "okhttp3/internal/http/BridgeInterceptor",
        "OkHttp",
        new Hook(
            "intercept",
            "(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;",
            ADVICE + "okhttp.InterceptAdvice")),
    new Target(
        "okhttp3/internal/http/CallServerInterceptor",
        "OkHttp",
        new Hook(
            "intercept",
            "(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;",
            ADVICE + "okhttp.ServerAdvice")),
    new Target(
        "okhttp3/internal/connection/Exchange",
        "OkHttp",
        new Hook(
            "createRequestBody",
            "(Lokhttp3/Request;Z)Lokio/Sink;",
            ADVICE + "okhttp.RequestBodyAdvice")),
    new Target(
        "okhttp3/internal/http1/Http1Codec",
        "OkHttp 3.12",
        new Hook(
            "createRequestBody",
            "(Lokhttp3/Request;J)Lokio/Sink;",
            ADVICE + "okhttp.RequestBodyAdvice"),
        new Hook("writeRequestHeaders", "(Lokhttp3/Request;)V", ADVICE + "okhttp.BaggageAdvice")),
    new Target(
        "okhttp3/internal/http2/Http2Codec",
        "OkHttp 3.12",
        new Hook(
            "createRequestBody",
            "(Lokhttp3/Request;J)Lokio/Sink;",
            ADVICE + "okhttp.RequestBodyAdvice"),
        new Hook("writeRequestHeaders", "(Lokhttp3/Request;)V", ADVICE + "okhttp.BaggageAdvice")),
    new Target(
        "okhttp3/internal/http1/Http1ExchangeCodec",
        "OkHttp",
        new Hook("writeRequestHeaders", "(Lokhttp3/Request;)V", ADVICE + "okhttp.BaggageAdvice")),
    new Target(
        "okhttp3/internal/http2/Http2ExchangeCodec",
        "OkHttp",
        new Hook("writeRequestHeaders", "(Lokhttp3/Request;)V", ADVICE + "okhttp.BaggageAdvice")),
    new Target(
        "okhttp3/internal/connection/RealCall",
        "OkHttp",
        new Hook("enqueue", "(Lokhttp3/Callback;)V", ADVICE + "okhttp.EnqueueAdvice")),
    new Target(
        "okhttp3/RealCall",
        "OkHttp 3",
        new Hook("enqueue", "(Lokhttp3/Callback;)V", ADVICE + "okhttp.EnqueueAdvice")),
    new Target(
        "okhttp3/internal/connection/RealCall$AsyncCall",
        "OkHttp",
        new Hook("run", "()V", ADVICE + "okhttp.DispatchedAdvice")),
    new Target(
        "okhttp3/RealCall$AsyncCall",
        "OkHttp 3",
        new Hook("execute", "()V", ADVICE + "okhttp.DispatchedAdvice")),
    new Target(
        "okhttp3/internal/ws/RealWebSocket",
        "OkHttp",
        new Hook("connect", "(Lokhttp3/OkHttpClient;)V", ADVICE + "okhttpsocket.ConnectAdvice"),
        new Hook(
            "initReaderAndWriter", "(Ljava/lang/String;*", ADVICE + "okhttpsocket.OpenedAdvice"),
        new Hook("send", "(Ljava/lang/String;)Z", ADVICE + "okhttpsocket.SendAdvice"),
        new Hook("onReadMessage", "(Ljava/lang/String;)V", ADVICE + "okhttpsocket.ReceiveAdvice"),
        new Hook("close", "(ILjava/lang/String;)Z", ADVICE + "okhttpsocket.CloseAdvice"),
        new Hook("cancel", "()V", ADVICE + "okhttpsocket.CloseAdvice"),
        new Hook("onReadClose", "(ILjava/lang/String;)V", ADVICE + "okhttpsocket.ClosedAdvice"),
        new Hook(
            "failWebSocket",
            "(Ljava/lang/Exception;Lokhttp3/Response;*",
            ADVICE + "okhttpsocket.FailAdvice")),
  };

  private OkHttpTargets() {}
}
