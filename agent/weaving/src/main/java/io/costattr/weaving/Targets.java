package io.costattr.weaving;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the agent weaves, by exact name. Loaded in premain: plain data and a plain map.
 *
 * <p>Names and descriptors were read off the libraries' own class files: OkHttp 3.12 to 5.5,
 * java.net.http and HttpURLConnection of JDK 17 and 25, Apache HttpClient 4.3 to 4.5 and 5.0 to
 * 5.6, HttpAsyncClient 4.0 to 4.1, Reactor Netty 1.0 to 1.3 on Netty 4.1 and 4.2, openai-java 0.18
 * to 4.101.
 */
final class Targets {
  private static final String ADVICE = "io.costattr.advice.";

  private static final Target[] ALL = {
    new Target(
        "okhttp3/internal/http/BridgeInterceptor",
        "OkHttp",
        new Hook(
            "intercept",
            "(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;",
            ADVICE + "okhttp.InterceptAdvice")),
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
            ADVICE + "okhttp.RequestBodyAdvice")),
    new Target(
        "okhttp3/internal/http2/Http2Codec",
        "OkHttp 3.12",
        new Hook(
            "createRequestBody",
            "(Lokhttp3/Request;J)Lokio/Sink;",
            ADVICE + "okhttp.RequestBodyAdvice")),
    new Target(
        "okhttp3/internal/connection/RealCall",
        "OkHttp",
        new Hook("enqueue", "(Lokhttp3/Callback;)V", ADVICE + "okhttp.EnqueueAdvice")),
    new Target(
        "okhttp3/RealCall",
        "OkHttp 3",
        new Hook("enqueue", "(Lokhttp3/Callback;)V", ADVICE + "okhttp.EnqueueAdvice")),
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
        new Hook(
            "bodyPublisher", "()Ljava/util/Optional;", ADVICE + "jdkhttp.BodyPublisherAdvice")),
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
            ADVICE + "urlconnection.SendAdvice")),
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
    new Target(
        "jdk/internal/net/http/websocket/BuilderImpl",
        "java.net.http",
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
        new Hook("abort", "()V", ADVICE + "jdksocket.AbortAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/classic/InternalHttpClient",
        "Apache HttpClient 5",
        new Hook(
            "doExecute",
            "(Lorg/apache/hc/core5/http/HttpHost;Lorg/apache/hc/core5/http/ClassicHttpRequest;*",
            ADVICE + "apache5.ExecuteAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/classic/ConnectExec",
        "Apache HttpClient 5",
        new Hook(
            "execute",
            "(Lorg/apache/hc/core5/http/ClassicHttpRequest;"
                + "Lorg/apache/hc/client5/http/classic/ExecChain$Scope;*",
            ADVICE + "apache5.ConnectAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/classic/MinimalHttpClient",
        "Apache HttpClient 5",
        new Hook(
            "doExecute",
            "(Lorg/apache/hc/core5/http/HttpHost;Lorg/apache/hc/core5/http/ClassicHttpRequest;*",
            ADVICE + "apache5.MinimalAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/classic/InternalExecRuntime",
        "Apache HttpClient 5",
        new Hook("cancel", "()Z", ADVICE + "apache5.CancelAdvice")),
    new Target(
        "org/apache/hc/core5/http/impl/io/HttpRequestExecutor",
        "Apache HttpClient 5",
        new Hook(
            "execute",
            "(Lorg/apache/hc/core5/http/ClassicHttpRequest;"
                + "Lorg/apache/hc/core5/http/io/HttpClientConnection;"
                + "Lorg/apache/hc/core5/http/io/HttpResponseInformationCallback;"
                + "Lorg/apache/hc/core5/http/protocol/HttpContext;)"
                + "Lorg/apache/hc/core5/http/ClassicHttpResponse;",
            ADVICE + "apache5.SendAdvice")),
    new Target(
        "org/apache/hc/core5/http/impl/io/BHttpConnectionBase",
        "Apache HttpClient 5",
        new Hook(
            "createContentOutputStream",
            "(JLorg/apache/hc/core5/http/io/SessionOutputBuffer;Ljava/io/OutputStream;*",
            ADVICE + "apache5.RequestBodyAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/async/AsyncConnectExec",
        "Apache HttpClient 5",
        new Hook(
            "execute",
            "(Lorg/apache/hc/core5/http/HttpRequest;"
                + "Lorg/apache/hc/core5/http/nio/AsyncEntityProducer;"
                + "Lorg/apache/hc/client5/http/async/AsyncExecChain$Scope;"
                + "Lorg/apache/hc/client5/http/async/AsyncExecChain;"
                + "Lorg/apache/hc/client5/http/async/AsyncExecCallback;)V",
            ADVICE + "apache5.AsyncConnectAdvice")),
    new Target(
        "org/apache/hc/core5/concurrent/ComplexFuture",
        "Apache HttpClient 5",
        new Hook("cancel", "(Z)Z", ADVICE + "apache5.CancelFutureAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/async/MinimalHttpAsyncClient",
        "Apache HttpClient 5",
        new Hook(
            "execute",
            "(Lorg/apache/hc/core5/http/nio/AsyncClientExchangeHandler;"
                + "Lorg/apache/hc/core5/http/nio/HandlerFactory;*",
            ADVICE + "apache5.MinimalAsyncAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/async/MinimalH2AsyncClient",
        "Apache HttpClient 5",
        new Hook(
            "execute",
            "(Lorg/apache/hc/core5/http/nio/AsyncClientExchangeHandler;"
                + "Lorg/apache/hc/core5/http/nio/HandlerFactory;*",
            ADVICE + "apache5.MinimalAsyncAdvice")),
    new Target(
        "org/apache/http/impl/client/InternalHttpClient",
        "Apache HttpClient 4",
        new Hook(
            "doExecute",
            "(Lorg/apache/http/HttpHost;Lorg/apache/http/HttpRequest;*",
            ADVICE + "apache4.ExecuteAdvice")),
    new Target(
        "org/apache/http/impl/execchain/MainClientExec",
        "Apache HttpClient 4",
        new Hook(
            "execute",
            "(Lorg/apache/http/conn/routing/HttpRoute;"
                + "Lorg/apache/http/client/methods/HttpRequestWrapper;*",
            ADVICE + "apache4.AttemptAdvice")),
    new Target(
        "org/apache/http/impl/execchain/MinimalClientExec",
        "Apache HttpClient 4",
        new Hook(
            "execute",
            "(Lorg/apache/http/conn/routing/HttpRoute;"
                + "Lorg/apache/http/client/methods/HttpRequestWrapper;*",
            ADVICE + "apache4.AttemptAdvice")),
    new Target(
        "org/apache/http/impl/execchain/ConnectionHolder",
        "Apache HttpClient 4",
        new Hook("releaseConnection", "()V", ADVICE + "apache4.ReleaseAdvice"),
        new Hook("abortConnection", "()V", ADVICE + "apache4.ReleaseAdvice"),
        new Hook("close", "()V", ADVICE + "apache4.ReleaseAdvice"),
        new Hook("cancel", "()Z", ADVICE + "apache4.CancelAdvice")),
    new Target(
        "org/apache/http/protocol/HttpRequestExecutor",
        "Apache HttpClient 4",
        new Hook(
            "execute",
            "(Lorg/apache/http/HttpRequest;Lorg/apache/http/HttpClientConnection;"
                + "Lorg/apache/http/protocol/HttpContext;)Lorg/apache/http/HttpResponse;",
            ADVICE + "apache4.SendAdvice")),
    new Target(
        "org/apache/http/impl/BHttpConnectionBase",
        "Apache HttpClient 4",
        new Hook(
            "prepareOutput",
            "(Lorg/apache/http/HttpMessage;)Ljava/io/OutputStream;",
            ADVICE + "apache4.RequestBodyAdvice")),
    new Target(
        "org/apache/http/impl/nio/client/InternalHttpAsyncClient",
        "Apache HttpAsyncClient 4",
        new Hook(
            "execute",
            "(Lorg/apache/http/nio/protocol/HttpAsyncRequestProducer;*",
            ADVICE + "apache4.AsyncExecuteAdvice")),
    new Target(
        "org/apache/http/impl/nio/client/MinimalHttpAsyncClient",
        "Apache HttpAsyncClient 4",
        new Hook(
            "execute",
            "(Lorg/apache/http/nio/protocol/HttpAsyncRequestProducer;*",
            ADVICE + "apache4.AsyncExecuteAdvice")),
    new Target(
        "org/apache/http/impl/nio/client/DefaultClientExchangeHandlerImpl",
        "Apache HttpAsyncClient 4",
        new Hook(
            "generateRequest",
            "()Lorg/apache/http/HttpRequest;",
            ADVICE + "apache4.AsyncSendAdvice"),
        new Hook(
            "responseReceived",
            "(Lorg/apache/http/HttpResponse;)V",
            ADVICE + "apache4.AsyncHeadAdvice")),
    new Target(
        "reactor/netty/http/client/HttpClientConnect$HttpClientHandler",
        "Reactor Netty",
        new Hook(
            "<init>",
            "(Lreactor/netty/http/client/HttpClientConfig;)V",
            ADVICE + "reactornetty.SubscribeAdvice"),
        new Hook("test", "(Ljava/lang/Throwable;)Z", ADVICE + "reactornetty.AgainAdvice"),
        new Hook(
            "requestWithBody",
            "(Lreactor/netty/http/client/HttpClientOperations;)Lorg/reactivestreams/Publisher;",
            ADVICE + "reactornetty.RequestAdvice")),
    new Target(
        "reactor/netty/http/client/HttpClientOperations",
        "Reactor Netty",
        new Hook(
            "onInboundNext",
            "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;)V",
            ADVICE + "reactornetty.ReceiveAdvice"),
        new Hook("onInboundCancel", "()V", ADVICE + "reactornetty.CancelAdvice")),
    new Target(
        "reactor/netty/channel/ChannelOperations",
        "Reactor Netty",
        new Hook(
            "onInboundError", "(Ljava/lang/Throwable;)V", ADVICE + "reactornetty.BrokenAdvice")),
    new Target(
        "io/netty/handler/codec/http/HttpClientCodec$Encoder",
        "Netty",
        new Hook(
            "encode",
            "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;Ljava/util/List;)V",
            ADVICE + "reactornetty.SendAdvice")),
    new Target(
        "reactor/netty/http/client/Http2StreamBridgeClientHandler",
        "Reactor Netty",
        new Hook(
            "write",
            "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;"
                + "Lio/netty/channel/ChannelPromise;)V",
            ADVICE + "reactornetty.SendAdvice")),
    new Target(
        "com/openai/core/http/RetryingHttpClient",
        "openai-java",
        new Hook(
            "execute",
            "(Lcom/openai/core/http/HttpRequest;Lcom/openai/core/RequestOptions;)"
                + "Lcom/openai/core/http/HttpResponse;",
            ADVICE + "openai.ExecuteAdvice"),
        new Hook(
            "executeAsync",
            "(Lcom/openai/core/http/HttpRequest;Lcom/openai/core/RequestOptions;)"
                + "Ljava/util/concurrent/CompletableFuture;",
            ADVICE + "openai.ExecuteAsyncAdvice")),
    new Target(
        "com/openai/core/PrepareRequest",
        "openai-java",
        new Hook(
            "prepareAsync",
            "(Lcom/openai/core/http/HttpRequest;Lcom/openai/core/ClientOptions;*",
            ADVICE + "openai.PrepareAsyncAdvice")),
    new Target(
        "com/openai/core/http/PhantomReachableClosingHttpClient",
        "openai-java",
        new Hook(
            "executeAsync",
            "(Lcom/openai/core/http/HttpRequest;Lcom/openai/core/RequestOptions;)"
                + "Ljava/util/concurrent/CompletableFuture;",
            ADVICE + "openai.AttemptAsyncAdvice")),
    new Target(
        "com/openai/client/okhttp/BoundedWebSocket",
        "openai-java",
        new Hook(
            "connect",
            "(Lokhttp3/OkHttpClient;Lokhttp3/Request;Lcom/openai/core/RequestOptions;*",
            ADVICE + "openai.ExecuteAdvice")),
    // From 4.0 on the class above stands between the retries and the transport. This one is loaded
    // as soon as a client is built, when the weaver is not warm yet.
    new Target(
            "com/openai/client/okhttp/OkHttpClient",
            "openai-java",
            new Hook(
                "executeAsync",
                "(Lcom/openai/core/http/HttpRequest;Lcom/openai/core/RequestOptions;)"
                    + "Ljava/util/concurrent/CompletableFuture;",
                ADVICE + "openai.AttemptAsyncAdvice"))
        .unless("com/openai/core/PhantomReachableSleeper"),
  };

  /**
   * Classes that announce that a target is about to be used: when one is loaded, the weaver is
   * warmed on a thread of the agent's, so that the application does not wait for it. A program that
   * never comes near an HTTP client never pays for the weaver.
   */
  private static final String[] HARBINGERS = {
    "okhttp3/OkHttpClient",
    "okhttp3/OkHttpClient$Builder",
    "java/net/http/HttpClient",
    "org/apache/hc/client5/http/classic/HttpClient",
    "org/apache/hc/client5/http/async/HttpAsyncClient",
    "org/apache/http/client/HttpClient",
    "org/apache/http/nio/client/HttpAsyncClient",
    "reactor/netty/http/client/HttpClient",
    "com/openai/core/ClientOptions",
    "com/openai/core/Params",
    "com/openai/client/OpenAIClient",
    "com/openai/client/okhttp/OpenAIOkHttpClient",
    "com/openai/client/okhttp/OpenAIOkHttpClientAsync",
  };

  /** The application's copies of the classes from which context is read, see NotedContext. */
  static final String API_CONTEXT = "io/costattr/api/AttributionContext";

  static final String OTEL_SPAN = "io/opentelemetry/api/trace/Span";
  static final String OTEL_AGENT_SPAN =
      "io/opentelemetry/javaagent/shaded/io/opentelemetry/api/trace/Span";

  private static final Map<String, Object> BY_NAME = new HashMap<>(128);

  static {
    for (Target target : ALL) {
      BY_NAME.put(target.internalName(), target);
    }
    for (String harbinger : HARBINGERS) {
      BY_NAME.put(harbinger, Note.HARBINGER);
    }
    BY_NAME.put(API_CONTEXT, Note.CONTEXT);
    BY_NAME.put(OTEL_SPAN, Note.CONTEXT);
    BY_NAME.put(OTEL_AGENT_SPAN, Note.CONTEXT);
  }

  /** What to do about a class that is not woven but worth noting. */
  enum Note {
    /** Warm the weaver. */
    HARBINGER,
    /** Remember it as a source of context. */
    CONTEXT
  }

  private Targets() {}

  /** A {@link Target}, a {@link Note}, or null: one hash look-up. */
  static @Nullable Object find(String internalName) {
    return BY_NAME.get(internalName);
  }

  static Target[] all() {
    return ALL.clone();
  }
}
