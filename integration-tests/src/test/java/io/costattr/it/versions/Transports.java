package io.costattr.it.versions;

import static io.costattr.it.versions.Library.once;

import java.util.List;

/** HTTP clients. */
final class Transports {
  static final Library OKHTTP =
      new Library(
              "okhttp",
              "com.squareup.okhttp3:okhttp",
              "okhttp",
              List.of("3.12.13", "3.14.9", "4.12.0", "5.5.1"),
              once(
                  "sync",
                  "async",
                  "stream",
                  "async-stream",
                  "gzip",
                  "tls",
                  "http2",
                  "http2-async",
                  "http2-stream",
                  "socket",
                  "socket-opened"))
          // Since 5.0 the artifact of the bare name is for Gradle, which chooses among platforms.
          .ending(version -> version.startsWith("5.") ? "-jvm" : "")
          .comparedBy("okHttp");

  static final Library JAVA_NET_HTTP =
      Library.ofTheJdk(
              "java.net.http",
              "jdkhttp",
              once(
                  "sync",
                  "async",
                  "stream",
                  "tls-sync",
                  "tls-async",
                  "tls-stream",
                  "http2-sync",
                  "http2-async",
                  "http2-stream"))
          .comparedBy("javaNetHttp");

  static final Library HTTP_URL_CONNECTION =
      Library.ofTheJdk(
              "HttpURLConnection",
              "urlconnection",
              once("sync", "stream", "fixed-length", "tls", "tls-stream"))
          .comparedBy("httpUrlConnection");

  static final Library APACHE4 =
      new Library(
              "apache-httpclient",
              "org.apache.httpcomponents:httpclient",
              "apache4",
              // Class files of Java 5 up to 4.3, of Java 6 from 4.4 on.
              List.of("4.3", "4.3.6", "4.4.1", "4.5.14"),
              once("sync", "tls", "gzip", "stream", "minimal"))
          .comparedBy("apacheHttpClient4");

  static final Library APACHE4_ASYNC =
      new Library(
              "apache-httpasyncclient",
              "org.apache.httpcomponents:httpasyncclient",
              "apache4async",
              // Class files of Java 5 in 4.0, of Java 6 from 4.1 on, which also has other handlers.
              List.of("4.0", "4.0.2", "4.1", "4.1.5"),
              once("async", "async-tls", "async-stream", "async-minimal"))
          .comparedBy("apacheHttpAsyncClient4");

  static final Library APACHE5 =
      new Library(
              "apache-httpclient",
              "org.apache.httpcomponents.client5:httpclient5",
              "apache5",
              List.of("5.0", "5.2.3", "5.4.4", "5.6.5"),
              once(
                  "sync",
                  "tls",
                  "gzip",
                  "stream",
                  "minimal",
                  "async",
                  "async-tls",
                  "async-stream",
                  "async-minimal",
                  "http2",
                  "http2-stream",
                  "http2-only",
                  "http2-only-stream",
                  "http2-minimal",
                  "http2-minimal-stream"))
          // 5.0 has it as well, and does not recognise what it negotiates with TLS on later JDKs.
          .since(
              "5.2.3",
              "http2",
              "http2-stream",
              "http2-only",
              "http2-only-stream",
              "http2-minimal",
              "http2-minimal-stream")
          .comparedBy("apacheHttpClient5", "apacheHttpAsyncClient5");

  static final Library REACTOR_NETTY =
      new Library(
              "reactor-netty",
              "io.projectreactor.netty:reactor-netty-http",
              "reactornetty",
              // Netty 4.1 up to 1.2, 4.2 from 1.3 on.
              List.of("1.0.0", "1.0.48", "1.1.31", "1.2.18", "1.3.7"),
              once(
                  "mono",
                  "mono-again",
                  "flux-of-parts",
                  "tls",
                  "gzip",
                  "gzip-as-it-comes",
                  "stream",
                  "stream-until-done",
                  "http2",
                  "http2-of-parts"))
          .onNetty()
          .comparedBy("reactorNetty");

  static final Library JETTY =
      new Library(
              "jetty-client",
              "org.eclipse.jetty:jetty-client",
              "jetty",
              // What decodes for the application has another name from 12.1 on.
              List.of("11.0.0", "11.0.26", "12.0.0", "12.0.39", "12.1.14"),
              once("sync", "tls", "gzip", "async", "async-stream", "stream", "http2"))
          .besides(
              version -> {
                boolean later = version.startsWith("12.");
                String http2 = "org.eclipse.jetty.http2:" + (later ? "jetty-" : "");
                String transport = later ? "client-transport:" : "http-client-transport:";
                return List.of(
                    http2 + "http2-" + transport + version, http2 + "http2-server:" + version);
              })
          .adapted((source, version) -> version.startsWith("11.") ? forJetty11(source) : source)
          .comparedBy("jettyClient");

  static final Library VERTX =
      new Library(
              "vertx",
              "io.vertx:vertx-core",
              "vertx",
              // Callbacks up to 4, pieces of Netty's up to 5.0.
              List.of("4.1.0", "4.3.8", "4.5.30", "5.0.12", "5.1.0", "5.2.3"),
              once(
                  "future",
                  "parts",
                  "callback",
                  "gzip",
                  "stream",
                  "tls",
                  "web-client",
                  "http2",
                  "http2-parts"))
          // What stands on it does not always come with it.
          .besides(
              version ->
                  List.of(
                      "io.vertx:vertx-web-client:" + (version.equals("5.2.3") ? "5.2.0" : version)))
          .adapted(Transports::forVertx)
          .onNetty()
          .comparedBy("vertxClient");

  static final Library ASYNC_HTTP_CLIENT =
      new Library(
              "async-http-client",
              "org.asynchttpclient:async-http-client",
              "asynchttpclient",
              // Netty 4.0 up to 2.0, 4.2 and HTTP/2 at the end of 3.0.
              List.of("2.0.40", "2.1.2", "2.12.4", "2.15.0", "3.0.0", "3.0.13"),
              once(
                  "future",
                  "completable",
                  "streamed-request",
                  "gzip",
                  "stream",
                  "stream-until-done",
                  "tls",
                  "http2",
                  "http2-stream"))
          .since("3.0.13", "http2", "http2-stream")
          .adapted((source, version) -> version.startsWith("2.0.") ? forAhc20(source) : source)
          .onNetty()
          .comparedBy("asyncHttpClient");

  static final List<Library> ALL =
      List.of(
          OKHTTP,
          JAVA_NET_HTTP,
          HTTP_URL_CONNECTION,
          APACHE4,
          APACHE4_ASYNC,
          APACHE5,
          REACTOR_NETTY,
          JETTY,
          VERTX,
          ASYNC_HTTP_CLIENT);

  private Transports() {}

  private static String forJetty11(String source) {
    return source
        .replaceAll("jetty\\.client\\.(Request|(Content)?Response|Result);", "jetty.client.api.$1;")
        .replaceAll("jetty\\.client\\.(\\w+(Listener|Content));", "jetty.client.util.$1;")
        .replace("http2.client.transport.", "http2.client.http.")
        .replace("implements ServerSessionListener", "extends ServerSessionListener.Adapter")
        .replace(
            "MetaData.Response(200, null, HttpVersion.HTTP_2,",
            "MetaData.Response(HttpVersion.HTTP_2, 200,");
  }

  private static String forAhc20(String source) {
    return source.replace(
        "onHeadersReceived(HttpHeaders headers) {",
        "onHeadersReceived(org.asynchttpclient.HttpResponseHeaders all) {"
            + " HttpHeaders headers = all.getHeaders();");
  }

  private static String forVertx(String source, String version) {
    if (version.startsWith("5.")) {
      return source.replace(
          "client.request(chat(base), asked)", "client.request(chat(base)).onComplete(asked)");
    }
    return version.startsWith("4.5.")
        ? source
        : source.replace("setDecompressionSupported", "setTryUseCompression");
  }
}
