package io.costattr.weaving;

/**
 * Where an application begins to serve a request or to run a job. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: the Servlet API 3.1 to
 * 6.1, the HTTP server of JDK 17 and 25, Spring 5.3 to 7.0, Quartz 2.3 to 2.5.
 */
final class ServerTargets {
  private static final String ADVICE = "io.costattr.advice.serving.";

  static final Target[] ALL = {
    servlet("jakarta", ADVICE + "JakartaAdvice"),
    servlet("javax", ADVICE + "JavaxAdvice"),
    new Target(
        "com/sun/net/httpserver/Filter$Chain",
        "the JDK's HTTP server",
        new Hook(
            "doFilter", "(Lcom/sun/net/httpserver/HttpExchange;)V", ADVICE + "HttpServerAdvice")),
    new Target(
        "org/springframework/scheduling/support/ScheduledMethodRunnable",
        "Spring's @Scheduled",
        new Hook("run", "()V", ADVICE + "ScheduledAdvice")),
    new Target(
        "org/quartz/core/JobRunShell", "Quartz", new Hook("run", "()V", ADVICE + "QuartzAdvice")),
  };

  private ServerTargets() {}

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
