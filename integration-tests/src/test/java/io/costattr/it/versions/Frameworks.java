package io.costattr.it.versions;

import static io.costattr.it.versions.Library.once;
import static io.costattr.it.versions.Library.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What applications call models through, on top of SDKs and HTTP clients. */
final class Frameworks {
  private static final String HTTPCLIENT5 = "org.apache.httpcomponents.client5:httpclient5:5.5.2";
  private static final String REACTOR_NETTY = "io.projectreactor.netty:reactor-netty-http:1.2.18";

  static final Library SPRING_AI =
      new Library(
              "spring-ai",
              "org.springframework.ai:spring-ai-openai",
              "springai",
              List.of("1.0.0", "1.0.9", "1.1.8"),
              once("sync", "sync-apache", "stream", "stream-netty", "embedding"))
          .besides(version -> List.of(HTTPCLIENT5, REACTOR_NETTY))
          .onNetty();

  static final Library SPRING_AI_2 =
      new Library(
              "spring-ai",
              "org.springframework.ai:spring-ai-openai",
              "springai2",
              List.of("2.0.0", "2.0.1"),
              with(once("sync", "stream"), "retried"))
          // Jackson 3, which Spring Boot would have chosen the annotations for.
          .besides(version -> List.of("com.fasterxml.jackson.core:jackson-annotations:2.21"));

  static final Library LANGCHAIN4J =
      new Library(
          "langchain4j",
          "dev.langchain4j:langchain4j-open-ai",
          "langchain4j",
          List.of("1.0.0", "1.8.0", "1.19.0"),
          with(once("sync", "stream", "embedding"), "retried"));

  static final Library LANGCHAIN4J_SPRING =
      new Library(
              "langchain4j",
              "dev.langchain4j:langchain4j-http-client-spring-restclient",
              "langchain4jspring",
              List.of("1.0.0-beta5", "1.8.0-beta15", "1.11.0-beta19"),
              once("sync", "sync-apache"))
          .besides(
              version ->
                  List.of("dev.langchain4j:langchain4j-open-ai:" + release(version), HTTPCLIENT5))
          .reportedAs(version -> "langchain4j " + release(version))
          .remark(
              "Streams on this transport run on a thread of Spring's executor: they are reported as the HTTP"
                  + " client, with the context of that thread.");

  static final Library LANGCHAIN4J_OFFICIAL =
      new Library(
              "langchain4j",
              "dev.langchain4j:langchain4j-open-ai-official",
              "langchain4jofficial",
              List.of("1.0.0-beta2", "1.8.0-beta15", "1.11.0-beta19"),
              with(once("sync", "stream"), "retried"))
          .reportedAs(
              version ->
                  "langchain4j " + (version.startsWith("1.0.") ? version : release(version)));

  /** An application's own transport for it. */
  static final Library LANGCHAIN4J_CLIENTS =
      new Library(
              "langchain4j",
              "dev.langchain4j:langchain4j-open-ai",
              "langchain4jclients",
              List.of("1.0.0", "1.8.0", "1.19.0"),
              with(
                  once("okhttp-sync", "okhttp-stream", "apache-sync", "apache-stream"),
                  "okhttp-retried",
                  "apache-retried"))
          .besides(version -> List.of("com.squareup.okhttp3:okhttp:4.12.0", HTTPCLIENT5))
          .remark(
              "An application's own `HttpClient` for it, on OkHttp and on Apache HttpClient 5. Its modules"
                  + " `langchain4j-http-client-okhttp` and `-apache` call those in the same way; they are not"
                  + " run here.");

  static final Library LANGCHAIN4J_AZURE =
      new Library(
              "langchain4j",
              "dev.langchain4j:langchain4j-azure-open-ai",
              "langchain4jazure",
              List.of("1.0.0-beta5", "1.8.0", "1.18.1"),
              once("sync", "stream", "embedding"))
          // Before, the model of streams takes no client of another's.
          .since("1.8.0", "stream")
          .reportedAs(
              version -> "langchain4j " + (version.startsWith("1.0.") ? release(version) : version))
          .onNetty();

  /** Azure's SDK makes its calls, some of them on other threads once a tool has run. */
  static final Library SEMANTIC_KERNEL =
      new Library(
              "semantic-kernel",
              "com.microsoft.semantic-kernel:semantickernel-aiservices-openai",
              "semantickernel",
              List.of("1.0.2", "1.3.0", "1.4.2"),
              once("async"))
          .besides(
              version -> List.of("com.microsoft.semantic-kernel:semantickernel-api:" + version))
          .reportedAs(
              version ->
                  "azure-ai-openai 1.0.0-beta."
                      + switch (version) {
                        case "1.0.2" -> "7";
                        case "1.3.0" -> "11";
                        default -> "12";
                      })
          .onNetty();

  static final Library FEIGN =
      new Library(
              "feign",
              "io.github.openfeign:feign-core",
              "feign",
              List.of("11.8", "12.5", "13.6"),
              once("okhttp", "apache", "jdk"))
          .besides(
              version ->
                  List.of(
                      "io.github.openfeign:feign-okhttp:" + version,
                      "io.github.openfeign:feign-hc5:" + version,
                      "io.github.openfeign:feign-java11:" + version))
          .reportedAs("okhttp", version -> "okhttp *")
          .reportedAs("apache", version -> "apache-httpclient *")
          .reportedAs(version -> "java.net.http *");

  static final Library RETROFIT =
      new Library(
              "retrofit",
              "com.squareup.retrofit2:retrofit",
              "retrofit",
              List.of("2.6.4", "2.9.0", "3.0.0"),
              once("sync", "async", "stream"))
          .reportedAs(version -> "okhttp *");

  /** RestClient and RestTemplate. */
  static final Library SPRING_WEB =
      new Library(
              "spring-web",
              "org.springframework:spring-web",
              "springweb",
              List.of("6.1.21", "6.2.19", "7.0.9"),
              once("client-jdk", "gzip-jdk", "client-apache", "template-jdk", "template-apache"))
          // Spring's own body handler decodes.
          .since("7.0.9", "gzip-jdk")
          .besides(version -> List.of(HTTPCLIENT5))
          .reportedAs("client-apache", version -> "apache-httpclient *")
          .reportedAs("template-apache", version -> "apache-httpclient *")
          .reportedAs(version -> "java.net.http *");

  static final Library WEB_CLIENT =
      new Library(
              "spring-webflux",
              "org.springframework:spring-webflux",
              "webclient",
              List.of("5.3.39", "6.2.19", "7.0.9"),
              once(
                  "block",
                  "tls",
                  "gzip",
                  "future",
                  "filtered",
                  "body-of-parts",
                  "stream",
                  "stream-until-done",
                  "refused"))
          .besides(
              version ->
                  List.of(
                      "org.springframework:spring-context:" + version,
                      Transports.REACTOR_NETTY.artifact() + ":" + transport(version)))
          .reportedAs(version -> Transports.REACTOR_NETTY.name() + " " + transport(version))
          .onNetty();

  /** On its own transport, which is the JDK's HttpURLConnection. */
  static final Library FEIGN_DEFAULT =
      new Library(
              "feign",
              "io.github.openfeign:feign-core",
              "feigndefault",
              List.of("9.7.0", "11.10", "13.6"),
              feignsOwn())
          .onTheJdk();

  /** RestTemplate on the factory that it makes by itself. */
  static final Library SPRING_SIMPLE =
      new Library(
              "spring-web",
              "org.springframework:spring-web",
              "springsimple",
              List.of("5.3.39", "6.2.19", "7.0.9"),
              once("sync", "tls", "streamed", "refused"))
          .onTheJdk();

  /** What Quarkus' REST clients, declared or built, send through; on Vert.x. */
  static final Library QUARKUS_REST =
      new Library(
              "quarkus-rest-client",
              "io.quarkus.resteasy.reactive:resteasy-reactive-client",
              "quarkusrest",
              List.of("2.16.12.Final", "3.8.6", "3.20.5", "3.37.4"),
              once("sync", "tls", "async", "input-stream", "stream"))
          .adapted(
              (source, version) ->
                  version.startsWith("2.") ? source.replace("jakarta.ws", "javax.ws") : source)
          .reportedAs(version -> "vertx *")
          .onNetty();

  /** On the engines that stand on an HTTP client of its own. */
  static final Library KTOR =
      new Library(
              "ktor",
              "io.ktor:ktor-client-core-jvm",
              "ktor",
              List.of("2.0.0", "2.3.13", "3.1.3", "3.6.1"),
              ktors("okhttp", "java", "apache", "apache5", "android"))
          .since("2.3.13", ktors("apache5", "android").keySet().toArray(String[]::new))
          .besides(Frameworks::enginesOfKtor)
          .remark("Through its engines OkHttp, Java, Apache, Apache5 and Android.");

  static final Library OPENAI_KOTLIN =
      new Library(
              "openai-kotlin",
              "com.aallam.openai:openai-client-jvm",
              "ktoropenai",
              List.of("3.2.1", "3.8.2", "4.1.0"),
              with(once("sync", "stream", "embedding"), "retried"))
          .besides(
              version ->
                  List.of(
                      Kotlin.STDLIB,
                      "io.ktor:ktor-client-okhttp-jvm:"
                          + switch (version) {
                            case "3.2.1" -> "2.2.4";
                            case "3.8.2" -> "2.3.2";
                            default -> "3.0.0";
                          }))
          // Where chats are new they must be asked for by name; a host has no path there.
          .adapted(
              (source, version) ->
                  version.startsWith("3.2.")
                      ? "@file:OptIn(com.aallam.openai.api.BetaOpenAI::class)\n"
                          + source.replace("[0] + \"/\"", "[0].removeSuffix(\"v1\")")
                      : source)
          .reportedAs(version -> "openai-kotlin")
          .estimated("stream")
          .remark("Its streams are estimated unless the application asks for their usage.");

  static final List<Library> ALL =
      List.of(
          SPRING_AI,
          SPRING_AI_2,
          LANGCHAIN4J,
          LANGCHAIN4J_SPRING,
          LANGCHAIN4J_CLIENTS,
          LANGCHAIN4J_OFFICIAL,
          LANGCHAIN4J_AZURE,
          SEMANTIC_KERNEL,
          FEIGN,
          RETROFIT,
          SPRING_WEB,
          SPRING_SIMPLE,
          FEIGN_DEFAULT,
          WEB_CLIENT,
          QUARKUS_REST,
          KTOR,
          OPENAI_KOTLIN);

  private Frameworks() {}

  private static Map<String, Integer> ktors(String... engines) {
    return once(
        Stream.of(engines)
            .flatMap(
                engine ->
                    Stream.of("", "-tls", "-stream", "-at-once-1", "-at-once-2")
                        .map(kind -> engine + kind))
            .toArray(String[]::new));
  }

  /** Not every one comes with every version. */
  private static List<String> enginesOfKtor(String version) {
    List<String> engines = new ArrayList<>();
    boolean latest = version.equals("3.6.1");
    engines.add("okhttp-jvm:" + version);
    engines.add("java-jvm:" + version);
    engines.add("apache-jvm:" + (latest ? "3.4.1" : version));
    if (!version.equals("2.0.0")) {
      engines.add("apache5-jvm:" + (latest ? "3.5.2" : version));
      engines.add(
          "android-jvm:" + (latest ? "3.4.3" : version.equals("2.3.13") ? "2.3.11" : version));
    }
    return Stream.concat(
            Stream.of(Kotlin.STDLIB),
            engines.stream().map(engine -> "io.ktor:ktor-client-" + engine))
        .toList();
  }

  /** The library asks five times when it is told to come again later. */
  private static Map<String, Integer> feignsOwn() {
    Map<String, Integer> attempts = once("sync", "tls", "stream");
    attempts.put("refused", 5);
    return attempts;
  }

  /** The release that a beta belongs to. */
  private static String release(String version) {
    int beta = version.indexOf("-beta");
    return beta < 0 ? version : version.substring(0, beta);
  }

  /** The Reactor Netty on which that version of Spring's WebClient stands. */
  private static String transport(String version) {
    return switch (version.charAt(0)) {
      case '5' -> "1.0.48";
      case '6' -> "1.2.18";
      default -> "1.3.7";
    };
  }
}
