package io.costattr.weaving;

/**
 * What is woven of the HTTP clients on Netty. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: Reactor Netty 1.0 to 1.3
 * and Vert.x 4.1 to 5.2 on Netty 4.1 and 4.2.
 */
final class NettyTargets {
  private static final String ADVICE = "io.costattr.advice.";

  static final Target[] ALL = {
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

  private NettyTargets() {}
}
