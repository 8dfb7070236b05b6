package io.costattr.it.differential;

import java.util.List;

/** The cases of one client library, which share a JVM. */
enum Suite {
  OKHTTP,
  JDK,
  URL_CONNECTION,
  APACHE4,
  APACHE4_ASYNC,
  APACHE5,
  APACHE5_ASYNC,
  REACTOR_NETTY,
  JETTY,
  VERTX,
  ASYNC_HTTP_CLIENT,
  OPENAI;

  List<Case> cases() {
    return switch (this) {
      case OKHTTP -> OkHttpCases.all();
      case JDK -> JdkCases.all();
      case URL_CONNECTION -> UrlConnectionCases.all();
      case APACHE4 -> Apache4Cases.all();
      case APACHE4_ASYNC -> Apache4AsyncCases.all();
      case APACHE5 -> Apache5Cases.all();
      case APACHE5_ASYNC -> Apache5AsyncCases.all();
      case REACTOR_NETTY -> ReactorNettyCases.all();
      case JETTY -> JettyCases.all();
      case VERTX -> VertxCases.all();
      case ASYNC_HTTP_CLIENT -> AsyncHttpClientCases.all();
      case OPENAI -> OpenAiCases.all();
    };
  }
}
