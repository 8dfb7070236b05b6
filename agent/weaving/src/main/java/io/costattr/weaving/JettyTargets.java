package io.costattr.weaving;

/**
 * What is woven of Jetty's HTTP client. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: Jetty 11.0 to 12.1.
 */
final class JettyTargets {
  private static final String ADVICE = "io.costattr.advice.";

  static final Target[] ALL = {
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
        "org/eclipse/jetty/client/HttpDestination",
        "Jetty client 11",
        new Hook(
            "send",
            "(Lorg/eclipse/jetty/client/HttpExchange;)V",
            ADVICE + "jetty.DestinationAdvice")),
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
            ADVICE + "jetty.HeadWrittenAdvice"),
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
        "org/eclipse/jetty/client/transport/HttpDestination",
        "Jetty client 12",
        new Hook(
            "send",
            "(Lorg/eclipse/jetty/client/transport/HttpExchange;)V",
            ADVICE + "jetty.DestinationAdvice")),
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
            ADVICE + "jetty.HeadWrittenAdvice"),
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
        "org/eclipse/jetty/http/HttpGenerator",
        "Jetty client",
        new Hook(
            "generateRequest",
            "(Lorg/eclipse/jetty/http/MetaData$Request;Ljava/nio/ByteBuffer;Ljava/nio/ByteBuffer;Ljava/nio/ByteBuffer;Z)Lorg/eclipse/jetty/http/HttpGenerator$Result;",
            ADVICE + "jetty.GenerateAdvice")),
  };

  private JettyTargets() {}
}
