package io.costattr.weaving;

/**
 * What is woven of Apache's HTTP clients. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: HttpClient 4.3 to 4.5 and
 * 5.0 to 5.6, HttpAsyncClient 4.0 to 4.1.
 */
final class ApacheTargets {
  private static final String ADVICE = "io.costattr.advice.";

  static final Target[] ALL = {
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
        new Hook("cancel", "()Z", ADVICE + "apache5.CancelAdvice"),
        new Hook(
            "execute",
            "(Ljava/lang/String;Lorg/apache/hc/core5/http/ClassicHttpRequest;*",
            ADVICE + "apache5.AnswerAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/DefaultHttpRequestRetryStrategy",
        "Apache HttpClient 5",
        new Hook(
            "retryRequest",
            "(Lorg/apache/hc/core5/http/HttpResponse;ILorg/apache/hc/core5/http/protocol/HttpContext;)Z",
            ADVICE + "apache5.RetryAdvice")),
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
        "org/apache/hc/client5/http/impl/async/InternalHttpAsyncExecRuntime",
        "Apache HttpClient 5",
        new Hook(
            "execute",
            "(Ljava/lang/String;Lorg/apache/hc/core5/http/nio/AsyncClientExchangeHandler;"
                + "Lorg/apache/hc/client5/http/protocol/HttpClientContext;)"
                + "Lorg/apache/hc/core5/concurrent/Cancellable;",
            ADVICE + "apache5.AsyncAnswerAdvice")),
    new Target(
        "org/apache/hc/client5/http/impl/async/InternalH2AsyncExecRuntime",
        "Apache HttpClient 5",
        new Hook(
            "execute",
            "(Ljava/lang/String;Lorg/apache/hc/core5/http/nio/AsyncClientExchangeHandler;"
                + "Lorg/apache/hc/client5/http/protocol/HttpClientContext;)"
                + "Lorg/apache/hc/core5/concurrent/Cancellable;",
            ADVICE + "apache5.AsyncAnswerAdvice")),
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
            ADVICE + "apache4.AsyncHeadAdvice"),
        // From 4.1 on it is its superclass' method.
        new Hook("requestConnection", "()V", ADVICE + "apache4.AsyncAnswerAdvice").whereThere()),
    new Target(
        "org/apache/http/impl/nio/client/AbstractClientExchangeHandler",
        "Apache HttpAsyncClient 4",
        new Hook("requestConnection", "()V", ADVICE + "apache4.AsyncAnswerAdvice")),
  };

  private ApacheTargets() {}
}
