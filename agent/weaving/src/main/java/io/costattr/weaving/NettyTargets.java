package io.costattr.weaving;

/**
 * What is woven of the HTTP clients on Netty. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: Reactor Netty 1.0 to 1.3
 * and Vert.x 4.1 to 5.2 on Netty 4.1 and 4.2.
 */
final class NettyTargets {
  private static final String ADVICE = "io.costattr.advice.";
  private static final String AHC = "async-http-client";
  private static final String AHC_FUTURE = "Lorg/asynchttpclient/netty/NettyResponseFuture;";
  private static final String VERTX_HEAD =
      "(Lio/vertx/core/http/HttpMethod;Ljava/lang/String;Lio/vertx/core/MultiMap;*";

  static final Target[] ALL = {
    new Target(
        "reactor/netty/http/client/HttpClientConnect$HttpClientHandler",
        "Reactor Netty",
        new Hook(
            "<init>",
            "(Lreactor/netty/http/client/HttpClientConfig;)V",
            ADVICE + "reactornetty.SubscribeAdvice"),
        new Hook("test", "(Ljava/lang/Throwable;)Z", ADVICE + "reactornetty.AgainAdvice"),
        new Hook("get", "()Ljava/net/SocketAddress;", ADVICE + "reactornetty.AddressAdvice"),
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
            ADVICE + "netty.EncodeAdvice")),
    new Target(
        "reactor/netty/http/client/Http2StreamBridgeClientHandler",
        "Reactor Netty",
        new Hook(
            "write",
            "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;"
                + "Lio/netty/channel/ChannelPromise;)V",
            ADVICE + "netty.BridgeAdvice")),
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
    // It tells a callback up to 4; its pieces are Netty's up to 5.0, the library's from 5.1 on.
    new Target(
        "io/vertx/core/http/impl/HttpClientRequestImpl",
        "Vert.x",
        new Hook(
                "doWrite",
                "(Lio/netty/buffer/ByteBuf;ZZLio/vertx/core/Handler;)V",
                ADVICE + "vertx.WriteToCallbackAdvice")
            .whereThere(),
        new Hook(
                "doWrite",
                "(Lio/netty/buffer/ByteBuf;ZZ)Lio/vertx/core/Future;",
                ADVICE + "vertx.WriteAdvice")
            .whereThere(),
        new Hook(
                "doWrite",
                "(Lio/vertx/core/buffer/Buffer;ZZ)Lio/vertx/core/Future;",
                ADVICE + "vertx.WriteAdvice")
            .whereThere(),
        new Hook(
            "handleResponse",
            "(Lio/vertx/core/Promise;Lio/vertx/core/http/HttpClientResponse;J)V",
            ADVICE + "vertx.RedirectAdvice")),
    // Of HTTP/1.1, up to 5.0 and from 5.1 on.
    new Target(
        "io/vertx/core/http/impl/Http1xClientConnection",
        "Vert.x",
        new Hook("createRequest", VERTX_HEAD, ADVICE + "vertx.BaggageAdvice")),
    new Target(
        "io/vertx/core/http/impl/http1/Http1ClientConnection",
        "Vert.x",
        new Hook("createRequest", VERTX_HEAD, ADVICE + "vertx.BaggageAdvice")),
    new Target(
        "io/vertx/core/http/impl/HttpClientResponseImpl",
        "Vert.x",
        new Hook("handleChunk", "(Lio/vertx/core/buffer/Buffer;)V", ADVICE + "vertx.ChunkAdvice"),
        new Hook(
            "handleEnd|handleTrailers", "(Lio/vertx/core/MultiMap;)V", ADVICE + "vertx.EndAdvice")),
    new Target(
        "org/asynchttpclient/netty/NettyResponseFuture",
        AHC,
        new Hook(
            "<init>", "(Lorg/asynchttpclient/Request;*", ADVICE + "asynchttpclient.CallAdvice"),
        new Hook(
            "setNettyRequest",
            "(Lorg/asynchttpclient/netty/request/NettyRequest;)V",
            ADVICE + "asynchttpclient.ReplaceAdvice"),
        new Hook(
            "setCurrentRequest",
            "(Lorg/asynchttpclient/Request;)V",
            ADVICE + "asynchttpclient.AgainAdvice"),
        new Hook("done", "()V", ADVICE + "asynchttpclient.DoneAdvice"),
        new Hook("abort", "(Ljava/lang/Throwable;)V", ADVICE + "asynchttpclient.AbortAdvice"),
        new Hook("cancel", "(Z)Z", ADVICE + "asynchttpclient.CancelAdvice")),
    new Target(
        "org/asynchttpclient/netty/request/NettyRequestSender",
        AHC,
        new Hook(
            "sendRequest",
            "(Lorg/asynchttpclient/Request;Lorg/asynchttpclient/AsyncHandler;*",
            ADVICE + "asynchttpclient.RefuseAdvice"),
        new Hook(
            "writeRequest",
            "(" + AHC_FUTURE + "Lio/netty/channel/Channel;)V",
            ADVICE + "asynchttpclient.WriteAdvice"),
        new Hook(
                "sendHttp2Frames",
                "(" + AHC_FUTURE + "Lio/netty/handler/codec/http2/Http2StreamChannel;)V",
                ADVICE + "asynchttpclient.StreamAdvice")
            .whereThere(),
        new Hook(
                "writeHttp2BodyFrames",
                "(" + AHC_FUTURE + "Lio/netty/handler/codec/http2/Http2StreamChannel;*",
                ADVICE + "asynchttpclient.BodyFramesAdvice")
            .whereThere()),
    new Target(
        "org/asynchttpclient/netty/request/body/Http2BodyWriter",
        AHC,
        new Hook(
            "writeFrame", "(Lio/netty/buffer/ByteBuf;Z)V", ADVICE + "asynchttpclient.FrameAdvice"),
        new Hook(
            "writeLastFrame",
            "(Lio/netty/buffer/ByteBuf;)V",
            ADVICE + "asynchttpclient.LastFrameAdvice")),
    new Target(
        "org/asynchttpclient/netty/handler/AsyncHttpClientHandler",
        AHC,
        new Hook(
            "channelRead",
            "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;)V",
            ADVICE + "asynchttpclient.ReceiveAdvice")),
  };

  private NettyTargets() {}
}
