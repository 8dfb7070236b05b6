package io.costattr.weaving;

/**
 * Where an application begins to serve a request or to run a job. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: the Servlet API 3.1 to
 * 6.1, Tomcat 8.5 to 11.0, Jetty 9.4 to 12.1, Undertow 2.2 and 2.3, the HTTP server of JDK 17 and
 * 25, Spring 5.3 to 7.0, Jersey 2.25 to 3.1, RESTEasy 4.7 to 6.2, Vert.x-web 4.1 to 5.1, Netty 4.1
 * and 4.2, Quartz 2.3 to 2.5.
 */
final class ServerTargets {
  private static final String ADVICE = "io.costattr.advice.serving.";

  static final Target[] ALL = {
    servlet("jakarta", ADVICE + "JakartaAdvice"),
    servlet("javax", ADVICE + "JavaxAdvice"),
    container(
        "org/apache/catalina/connector/CoyoteAdapter",
        "Tomcat",
        "service",
        "(Lorg/apache/coyote/Request;Lorg/apache/coyote/Response;)V"),
    container("org/eclipse/jetty/server/HttpChannel", "Jetty", "handle", "()Z")
        .unless("org/eclipse/jetty/server/internal/HttpChannelState"),
    container(
        "org/eclipse/jetty/server/internal/HttpChannelState$HandlerInvoker",
        "Jetty 12",
        "run",
        "()V"),
    container(
        "io/undertow/server/Connectors",
        "Undertow",
        "executeRootHandler",
        "(Lio/undertow/server/HttpHandler;Lio/undertow/server/HttpServerExchange;)V"),
    new Target(
        "com/sun/net/httpserver/Filter$Chain",
        "the JDK's HTTP server",
        new Hook(
            "doFilter", "(Lcom/sun/net/httpserver/HttpExchange;)V", ADVICE + "HttpServerAdvice")),
    webFlux("DispatcherHandler"),
    webFlux("function/server/RouterFunctions$RouterFunctionWebHandler"),
    new Target(
        "org/glassfish/jersey/server/model/ResourceMethodInvoker",
        "Jersey",
        new Hook(
            "apply",
            "(Lorg/glassfish/jersey/server/internal/process/RequestProcessingContext;)"
                + "Lorg/glassfish/jersey/server/ContainerResponse;",
            ADVICE + "jaxrs.JerseyAdvice")),
    restEasy("ResourceMethodInvoker", "invoke", "MethodAdvice"),
    restEasy("ResourceLocatorInvoker", "invokeOnTargetObject", "LocatorAdvice"),
    new Target(
        "io/vertx/ext/web/impl/RouteState",
        "Vert.x-web",
        new Hook(
            "handleContext",
            "(Lio/vertx/ext/web/impl/RoutingContextImplBase;)V",
            ADVICE + "vertx.HandleAdvice")),
    // Servers on Netty that are not named here. Clients read by the same classes.
    new Target(
            "io/netty/handler/codec/ByteToMessageDecoder",
            "Netty",
            new Hook(
                "channelRead",
                "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;)V",
                ADVICE + "netty.ReadAdvice"))
        .ifAsked(),
    new Target(
            "io/netty/handler/codec/http/HttpObjectDecoder",
            "Netty",
            new Hook(
                "decode",
                "(Lio/netty/channel/ChannelHandlerContext;Lio/netty/buffer/ByteBuf;Ljava/util/List;)V",
                ADVICE + "netty.DecodeAdvice"))
        .ifAsked(),
    new Target(
        "io/micronaut/web/router/AbstractRouteMatch",
        "Micronaut",
        // With what it is called with up to 3.
        new Hook("execute", "(*", ADVICE + "micronaut.ExecuteAdvice")),
    new Target(
        "org/springframework/scheduling/support/ScheduledMethodRunnable",
        "Spring's @Scheduled",
        new Hook("run", "()V", ADVICE + "ScheduledAdvice")),
    new Target(
        "org/quartz/core/JobRunShell", "Quartz", new Hook("run", "()V", ADVICE + "QuartzAdvice")),
  };

  private ServerTargets() {}

  private static Target container(String type, String library, String method, String descriptor) {
    return new Target(type, library, new Hook(method, descriptor, ADVICE + "ContainerAdvice"));
  }

  private static Target restEasy(String invoker, String method, String advice) {
    return new Target(
        "org/jboss/resteasy/core/" + invoker,
        "RESTEasy",
        new Hook(
            method,
            "(Lorg/jboss/resteasy/spi/HttpRequest;Lorg/jboss/resteasy/spi/HttpResponse;"
                + "Ljava/lang/Object;)Lorg/jboss/resteasy/specimpl/BuiltResponse;",
            ADVICE + "jaxrs." + advice));
  }

  private static Target webFlux(String handler) {
    return new Target(
        "org/springframework/web/reactive/" + handler,
        "Spring WebFlux",
        new Hook(
            "handle",
            "(Lorg/springframework/web/server/ServerWebExchange;)Lreactor/core/publisher/Mono;",
            ADVICE + "webflux.HandleAdvice"));
  }

  private static Target servlet(String root, String advice) {
    return new Target(
        root + "/servlet/http/HttpServlet",
        "servlets",
        new Hook(
            "service",
            "(L" + root + "/servlet/ServletRequest;L" + root + "/servlet/ServletResponse;)V",
            advice));
  }
}
