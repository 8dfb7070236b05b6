package io.costattr.weaving;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the agent weaves, by exact name. Loaded in premain: plain data and a plain map.
 *
 * <p>Names and descriptors were read off the libraries' own class files: OkHttp 3.12 to 5.5,
 * java.net.http of JDK 17 and 25, Apache HttpClient 4.3 to 4.5 and 5.0 to 5.6, Reactor Netty 1.0 to
 * 1.3 on Netty 4.1 and 4.2, Jetty's client 11.0 to 12.1, Vert.x 4.1 to 5.2. What stands on those is
 * in {@link LayerTargets}.
 */
final class Targets {
  private static final String ADVICE = "io.costattr.advice.";

  /** The HTTP clients. */
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
        "org/eclipse/jetty/client/HttpExchange",
        "Jetty client 11",
        new Hook(
            "<init>",
            "(Lorg/eclipse/jetty/client/HttpDestination;Lorg/eclipse/jetty/client/HttpRequest;Ljava/util/List;)V",
            ADVICE + "jetty.SendAdvice"),
        new Hook("responseComplete", "(Ljava/lang/Throwable;)Z", ADVICE + "jetty.CompleteAdvice"),
        new Hook("abort", "(Ljava/lang/Throwable;)Z", ADVICE + "jetty.AbortAdvice")),
    new Target(
        "org/eclipse/jetty/client/HttpReceiver",
        "Jetty client 11",
        new Hook(
            "responseHeaders",
            "(Lorg/eclipse/jetty/client/HttpExchange;)Z",
            ADVICE + "jetty.HeadAdvice"),
        new Hook(
            "responseContent",
            "(Lorg/eclipse/jetty/client/HttpExchange;Ljava/nio/ByteBuffer;Lorg/eclipse/jetty/util/Callback;)Z",
            ADVICE + "jetty.PieceAdvice")),
    new Target(
        "org/eclipse/jetty/client/http/HttpSenderOverHTTP",
        "Jetty client 11",
        new Hook(
            "sendHeaders",
            "(Lorg/eclipse/jetty/client/HttpExchange;Ljava/nio/ByteBuffer;ZLorg/eclipse/jetty/util/Callback;)V",
            ADVICE + "jetty.HeadSentAdvice"),
        new Hook(
            "sendContent",
            "(Lorg/eclipse/jetty/client/HttpExchange;Ljava/nio/ByteBuffer;ZLorg/eclipse/jetty/util/Callback;)V",
            ADVICE + "jetty.PieceSentAdvice")),
    new Target(
        "org/eclipse/jetty/http2/client/http/HttpSenderOverHTTP2",
        "Jetty client 11",
        new Hook(
            "sendHeaders",
            "(Lorg/eclipse/jetty/client/HttpExchange;Ljava/nio/ByteBuffer;ZLorg/eclipse/jetty/util/Callback;)V",
            ADVICE + "jetty.HeadSentAdvice"),
        new Hook(
            "sendContent",
            "(Lorg/eclipse/jetty/client/HttpExchange;Ljava/nio/ByteBuffer;ZLorg/eclipse/jetty/util/Callback;)V",
            ADVICE + "jetty.PieceSentAdvice")),
    new Target(
        "org/eclipse/jetty/client/transport/HttpExchange",
        "Jetty client 12",
        new Hook(
            "<init>",
            "(Lorg/eclipse/jetty/client/transport/HttpDestination;Lorg/eclipse/jetty/client/transport/HttpRequest;Lorg/eclipse/jetty/client/transport/ResponseListeners;)V",
            ADVICE + "jetty.SendAdvice"),
        new Hook("responseComplete", "(Ljava/lang/Throwable;)Z", ADVICE + "jetty.CompleteAdvice"),
        new Hook(
            "abort",
            "(Ljava/lang/Throwable;Lorg/eclipse/jetty/util/Promise;)V",
            ADVICE + "jetty.AbortAdvice")),
    new Target(
        "org/eclipse/jetty/client/transport/HttpReceiver",
        "Jetty client 12",
        new Hook(
            "responseHeader",
            "(Lorg/eclipse/jetty/client/transport/HttpExchange;Lorg/eclipse/jetty/http/HttpField;)V",
            ADVICE + "jetty.HeaderAdvice"),
        new Hook(
            "responseHeaders",
            "(Lorg/eclipse/jetty/client/transport/HttpExchange;)V",
            ADVICE + "jetty.ReceiveAdvice")),
    new Target(
        "org/eclipse/jetty/client/transport/HttpReceiver$ContentSource",
        "Jetty client 12",
        new Hook("read", "()Lorg/eclipse/jetty/io/Content$Chunk;", ADVICE + "jetty.ReadAdvice")),
    new Target(
        "org/eclipse/jetty/client/transport/ResponseListeners",
        "Jetty client 12",
        new Hook(
            "notifyHeaders",
            "(Lorg/eclipse/jetty/client/Response;)V",
            ADVICE + "jetty.HeadersAdvice")),
    new Target(
        "org/eclipse/jetty/client/transport/internal/HttpSenderOverHTTP",
        "Jetty client 12",
        new Hook(
            "sendHeaders",
            "(Lorg/eclipse/jetty/client/transport/HttpExchange;Ljava/nio/ByteBuffer;ZLorg/eclipse/jetty/util/Callback;)V",
            ADVICE + "jetty.HeadSentAdvice"),
        new Hook(
            "sendContent",
            "(Lorg/eclipse/jetty/client/transport/HttpExchange;Ljava/nio/ByteBuffer;ZLorg/eclipse/jetty/util/Callback;)V",
            ADVICE + "jetty.PieceSentAdvice")),
    new Target(
        "org/eclipse/jetty/http2/client/transport/internal/HttpSenderOverHTTP2",
        "Jetty client 12",
        new Hook(
            "sendHeaders",
            "(Lorg/eclipse/jetty/client/transport/HttpExchange;Ljava/nio/ByteBuffer;ZLorg/eclipse/jetty/util/Callback;)V",
            ADVICE + "jetty.HeadSentAdvice"),
        new Hook(
            "sendContent",
            "(Lorg/eclipse/jetty/client/transport/HttpExchange;Ljava/nio/ByteBuffer;ZLorg/eclipse/jetty/util/Callback;)V",
            ADVICE + "jetty.PieceSentAdvice")),
    new Target(
        "io/vertx/core/http/impl/HttpClientImpl",
        "Vert.x",
        new Hook(
            "request",
            "(Lio/vertx/core/http/RequestOptions;)Lio/vertx/core/Future;",
            ADVICE + "vertx.AskAdvice"),
        new Hook(
                "request",
                "(Lio/vertx/core/http/RequestOptions;Lio/vertx/core/Handler;)V",
                ADVICE + "vertx.CallbackAdvice")
            .whereThere()),
    new Target(
        "io/vertx/core/http/impl/HttpClientRequestBase",
        "Vert.x",
        new Hook(
            "handleResponse",
            "(Lio/vertx/core/http/HttpClientResponse;)V",
            ADVICE + "vertx.HeadAdvice"),
        new Hook("fail", "(Ljava/lang/Throwable;)V", ADVICE + "vertx.FailAdvice"),
        new Hook("reset", "(J*", ADVICE + "vertx.ResetAdvice")),
    // Its pieces are Netty's up to 5.0, the library's from 5.1 on.
    new Target(
        "io/vertx/core/http/impl/HttpClientRequestImpl",
        "Vert.x",
        new Hook("doWrite", "(L*", ADVICE + "vertx.WriteAdvice"),
        new Hook(
            "handleResponse",
            "(Lio/vertx/core/Promise;Lio/vertx/core/http/HttpClientResponse;J)V",
            ADVICE + "vertx.RedirectAdvice")),
    new Target(
        "io/vertx/core/http/impl/HttpClientResponseImpl",
        "Vert.x",
        new Hook("handleChunk", "(Lio/vertx/core/buffer/Buffer;)V", ADVICE + "vertx.ChunkAdvice"),
        new Hook(
            "handleEnd|handleTrailers", "(Lio/vertx/core/MultiMap;)V", ADVICE + "vertx.EndAdvice")),
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
    "reactor/netty/http/client/HttpClient",
    "org/eclipse/jetty/client/HttpClient",
    "io/vertx/core/http/HttpClient",
    "com/openai/core/ClientOptions",
    "com/openai/core/Params",
    "com/openai/client/OpenAIClient",
    "com/openai/client/okhttp/OpenAIOkHttpClient",
    "com/openai/client/okhttp/OpenAIOkHttpClientAsync",
    "com/anthropic/core/ClientOptions",
    "com/anthropic/client/okhttp/AnthropicOkHttpClient",
  };

  /** The application's copies of the classes from which context is read, see NotedContext. */
  static final String API_CONTEXT = "io/costattr/api/AttributionContext";

  static final String OTEL_SPAN = "io/opentelemetry/api/trace/Span";
  static final String OTEL_AGENT_SPAN =
      "io/opentelemetry/javaagent/shaded/io/opentelemetry/api/trace/Span";

  private static final Map<String, Object> BY_NAME = new HashMap<>(256);

  static {
    for (Target target : all()) {
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
    Target[] all = Arrays.copyOf(ALL, ALL.length + LayerTargets.ALL.length);
    System.arraycopy(LayerTargets.ALL, 0, all, ALL.length, LayerTargets.ALL.length);
    return all;
  }
}
