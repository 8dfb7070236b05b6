package io.costattr.it.versions;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A library whose calls are observed.
 *
 * @param name what it is called; where it makes its calls itself, as in the field {@code client} of
 *     an event
 * @param artifact {@code group:artifact}
 * @param program the directory of its program below {@code programs}
 * @param versions the lowest, those between where the library changed what hooks depend on, and the
 *     latest
 * @param attempts how many attempts of each customer's the program makes
 */
record Library(
    String name,
    String artifact,
    String program,
    List<String> versions,
    Map<String, Integer> attempts) {

  static final Library OKHTTP =
      new Library(
          "okhttp",
          "com.squareup.okhttp3:okhttp",
          "okhttp",
          List.of("3.12.13", "3.14.9", "4.12.0", "5.5.1"),
          once("sync", "async", "stream", "async-stream", "gzip", "socket", "socket-opened"));

  static final Library OPENAI =
      new Library(
          "openai-java",
          "com.openai:openai-java",
          "openai",
          List.of(
              "0.18.0", "0.43.0", "1.1.0", "1.6.1", "2.0.0", "2.20.1", "3.0.2", "3.7.1", "4.0.0",
              "4.101.0"),
          with(once("sync", "async", "stream", "async-stream"), "retried", "async-retried"));

  static final Library APACHE4 =
      new Library(
          "apache-httpclient",
          "org.apache.httpcomponents:httpclient",
          "apache4",
          // Class files of Java 5 up to 4.3, of Java 6 from 4.4 on.
          List.of("4.3", "4.3.6", "4.4.1", "4.5.14"),
          once("sync", "tls", "gzip", "stream", "minimal"));

  static final Library APACHE4_ASYNC =
      new Library(
          "apache-httpasyncclient",
          "org.apache.httpcomponents:httpasyncclient",
          "apache4async",
          // Class files of Java 5 in 4.0, of Java 6 from 4.1 on, which also has other handlers.
          List.of("4.0", "4.0.2", "4.1", "4.1.5"),
          once("async", "async-tls", "async-stream", "async-minimal"));

  /** On its own transport, which is the JDK's HttpURLConnection. */
  static final Library FEIGN =
      new Library(
          "feign",
          "io.github.openfeign:feign-core",
          "feigndefault",
          List.of("9.7.0", "11.10", "13.6"),
          once("sync", "tls", "stream", "refused"));

  /** RestTemplate on the factory that it makes by itself. */
  static final Library SPRING_SIMPLE =
      new Library(
          "spring-web",
          "org.springframework:spring-web",
          "springsimple",
          List.of("5.3.39", "6.2.19", "7.0.9"),
          once("sync", "tls", "streamed", "refused"));

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
              "async-minimal"));

  /** Web sockets came with 4.65, those for realtime conversations later. */
  static final Library OPENAI_RESPONSES =
      new Library(
          "openai-java",
          "com.openai:openai-java",
          "openairesponses",
          List.of("4.65.0", "4.101.0"),
          once("socket", "reconnected"));

  static final Library OPENAI_REALTIME =
      new Library(
          "openai-java",
          "com.openai:openai-java",
          "openairealtime",
          List.of("4.101.0"),
          once("socket", "socket-opened"));

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
              "http2-of-parts"));

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
              "refused"));

  /** On its own transport, which is Reactor Netty 1.0. */
  static final Library AZURE =
      new Library(
          "azure-ai-openai",
          "com.azure:azure-ai-openai",
          "azure",
          List.of("1.0.0-beta.16"),
          once("sync", "stream", "async", "async-stream"));

  static final List<Library> ALL =
      List.of(
          OKHTTP,
          APACHE4,
          APACHE4_ASYNC,
          APACHE5,
          FEIGN,
          SPRING_SIMPLE,
          REACTOR_NETTY,
          WEB_CLIENT,
          AZURE,
          OPENAI,
          OPENAI_RESPONSES,
          OPENAI_REALTIME);

  /** What Maven fetches for that version: {@code group:artifact:version}. */
  List<String> coordinates(String version) {
    // Since 5.0 the artifact of the bare name is for Gradle, which chooses among platforms by it.
    String platform = this == OKHTTP && version.startsWith("5.") ? "-jvm" : "";
    String library = artifact + platform + ":" + version;
    return this == WEB_CLIENT
        ? List.of(
            library,
            "org.springframework:spring-context:" + version,
            REACTOR_NETTY.artifact + ":" + transport(version))
        : List.of(library);
  }

  /** The field {@code client} of its events. */
  String client(String version) {
    if (this == FEIGN || this == SPRING_SIMPLE) {
      return "HttpURLConnection " + System.getProperty("java.version");
    }
    return this == WEB_CLIENT || this == AZURE
        ? REACTOR_NETTY.name + " " + transport(version)
        : name + " " + version;
  }

  /** What its JVM wants to be told: Netty does what later ones warn of. */
  String[] options(int javaVersion) {
    boolean warns =
        javaVersion >= 24 && (this == REACTOR_NETTY || this == WEB_CLIENT || this == AZURE);
    return warns
        ? new String[] {
          "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"
        }
        : new String[0];
  }

  /** The Reactor Netty on which that version of Azure's SDK or of Spring's WebClient stands. */
  private static String transport(String version) {
    return switch (version.charAt(0)) {
      case '1', '5' -> "1.0.48";
      case '6' -> "1.2.18";
      default -> "1.3.7";
    };
  }

  /** The program's source as that version wants it. */
  String adapted(String source, String version) {
    // Up to 0.33 the models of chat completions lay one package higher.
    return this == OPENAI && version.startsWith("0.18")
        ? source.replace("com.openai.models.chat.completions.", "com.openai.models.")
        : source;
  }

  private static Map<String, Integer> once(String... customers) {
    Map<String, Integer> attempts = new TreeMap<>();
    for (String customer : customers) {
      attempts.put(customer, 1);
    }
    return attempts;
  }

  private static Map<String, Integer> with(Map<String, Integer> attempts, String... retried) {
    for (String customer : retried) {
      attempts.put(customer, 2);
    }
    return attempts;
  }
}
