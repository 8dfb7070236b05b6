package io.costattr.weaving;

/**
 * What is woven of the JDK's HTTP clients. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: java.net.http and
 * HttpURLConnection of JDK 17 and 25.
 */
final class JdkTargets {
  private static final String ADVICE = "io.costattr.advice.";

  private static final String FACADE = ADVICE + "jdkhttp.FacadeAdvice";

  static final Target[] ALL = {
    new Target(
        "jdk/internal/net/http/HttpClientFacade",
        "java.net.http",
        new Hook("send", "(Ljava/net/http/HttpRequest;*", FACADE),
        new Hook("sendAsync", "(Ljava/net/http/HttpRequest;*", FACADE)),
    new Target(
        "jdk/internal/net/http/HttpClientImpl",
        "java.net.http",
        new Hook(
            "sendAsync",
            "(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;"
                + "Ljava/net/http/HttpResponse$PushPromiseHandler;Ljava/util/concurrent/Executor;)"
                + "Ljava/util/concurrent/CompletableFuture;",
            ADVICE + "jdkhttp.SendAdvice")),
    new Target(
        "jdk/internal/net/http/HttpRequestImpl",
        "java.net.http",
        new Hook(
            "<init>",
            "(Ljava/net/http/HttpRequest;Ljava/net/ProxySelector;)V",
            ADVICE + "jdkhttp.RequestBodyAdvice"),
        new Hook("bodyPublisher", "()Ljava/util/Optional;", ADVICE + "jdkhttp.BodyPublisherAdvice"),
        new Hook(
            "getUserHeaders", "()Ljava/net/http/HttpHeaders;", ADVICE + "jdkhttp.BaggageAdvice")),
    new Target(
        "jdk/internal/net/http/ResponseSubscribers$TrustedSubscriber",
        "java.net.http",
        new Hook(
            "needsExecutor",
            "(Ljava/net/http/HttpResponse$BodySubscriber;)Z",
            ADVICE + "jdkhttp.NeedsExecutorAdvice")),
    new Target(
        "sun/net/www/protocol/http/HttpURLConnection",
        "HttpURLConnection",
        new Hook("connect", "()V", ADVICE + "urlconnection.ConnectAdvice"),
        new Hook(
            "getOutputStream0",
            "()Ljava/io/OutputStream;",
            ADVICE + "urlconnection.OutputStreamAdvice"),
        new Hook(
            "getInputStream0",
            "()Ljava/io/InputStream;",
            ADVICE + "urlconnection.InputStreamAdvice"),
        new Hook("getHeaderField", "(I)Ljava/lang/String;", ADVICE + "urlconnection.HeadAdvice"),
        new Hook("doTunneling", "()V", ADVICE + "urlconnection.TunnelAdvice"),
        new Hook("disconnect", "()V", ADVICE + "urlconnection.DisconnectAdvice")),
    new Target(
        "sun/net/www/protocol/https/AbstractDelegateHttpsURLConnection",
        "HttpURLConnection",
        new Hook("connect", "()V", ADVICE + "urlconnection.ConnectAdvice")),
    new Target(
        "sun/net/www/http/HttpClient",
        "HttpURLConnection",
        new Hook(
            "writeRequests",
            "(Lsun/net/www/MessageHeader;Lsun/net/www/http/PosterOutputStream;)V",
            ADVICE + "urlconnection.SendAdvice"),
        new Hook(
            "parseHTTPHeader",
            "(Lsun/net/www/MessageHeader;*",
            ADVICE + "urlconnection.AnswerAdvice")),
    new Target(
        "sun/net/www/protocol/http/HttpURLConnection$StreamingOutputStream",
        "HttpURLConnection",
        new Hook("write", "(I)V", ADVICE + "urlconnection.WriteByteAdvice"),
        new Hook("write", "([BII)V", ADVICE + "urlconnection.WriteAdvice"),
        new Hook("close", "()V", ADVICE + "urlconnection.WrittenAdvice")),
    new Target(
        "sun/net/www/protocol/http/HttpURLConnection$HttpInputStream",
        "HttpURLConnection",
        new Hook(
            "<init>",
            "(Lsun/net/www/protocol/http/HttpURLConnection;Ljava/io/InputStream;*",
            ADVICE + "urlconnection.BodyAdvice")),
    new Target(
        "jdk/internal/net/http/websocket/BuilderImpl",
        "java.net.http",
        new Hook(
            "header",
            "(Ljava/lang/String;Ljava/lang/String;)Ljava/net/http/WebSocket$Builder;",
            ADVICE + "jdksocket.HeaderAdvice"),
        new Hook(
            "buildAsync",
            "(Ljava/net/URI;Ljava/net/http/WebSocket$Listener;)"
                + "Ljava/util/concurrent/CompletableFuture;",
            ADVICE + "jdksocket.BuildAdvice")),
    new Target(
        "jdk/internal/net/http/websocket/WebSocketImpl",
        "java.net.http",
        new Hook(
            "<init>",
            "(Ljava/net/URI;Ljava/net/http/HttpClient;Ljava/lang/String;"
                + "Ljava/net/http/WebSocket$Listener;*",
            ADVICE + "jdksocket.CreatedAdvice"),
        new Hook(
            "sendText",
            "(Ljava/lang/CharSequence;Z)Ljava/util/concurrent/CompletableFuture;",
            ADVICE + "jdksocket.SendTextAdvice"),
        new Hook(
            "sendClose",
            "(ILjava/lang/String;)Ljava/util/concurrent/CompletableFuture;",
            ADVICE + "jdksocket.SendCloseAdvice"),
        new Hook("request", "(J)V", ADVICE + "jdksocket.RequestAdvice"),
        new Hook("abort", "()V", ADVICE + "jdksocket.AbortAdvice")),
  };

  private JdkTargets() {}
}
