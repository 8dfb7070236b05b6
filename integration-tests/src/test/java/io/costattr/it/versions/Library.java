package io.costattr.it.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A library whose calls are observed: one program, in several of its versions. */
final class Library {
  static final Library OKHTTP =
      new Library(
              "okhttp",
              "com.squareup.okhttp3:okhttp",
              "okhttp",
              List.of("3.12.13", "3.14.9", "4.12.0", "5.5.1"),
              once("sync", "async", "stream", "async-stream", "gzip", "socket", "socket-opened"))
          // Since 5.0 the artifact of the bare name is for Gradle, which chooses among platforms.
          .ending(version -> version.startsWith("5.") ? "-jvm" : "")
          .comparedBy("okHttp");

  static final Library OPENAI =
      new Library(
              "openai-java",
              "com.openai:openai-java",
              "openai",
              List.of(
                  "0.18.0", "0.43.0", "1.1.0", "1.6.1", "2.0.0", "2.20.1", "3.0.2", "3.7.1",
                  "4.0.0", "4.101.0"),
              with(once("sync", "async", "stream", "async-stream"), "retried", "async-retried"))
          // Up to 0.33 the models of chat completions lay one package higher.
          .adapted(
              (source, version) ->
                  version.startsWith("0.18")
                      ? source.replace("com.openai.models.chat.completions.", "com.openai.models.")
                      : source)
          .comparedBy("openAiJava");

  static final Library APACHE4 =
      new Library(
              "apache-httpclient",
              "org.apache.httpcomponents:httpclient",
              "apache4",
              // Class files of Java 5 up to 4.3, of Java 6 from 4.4 on.
              List.of("4.3", "4.3.6", "4.4.1", "4.5.14"),
              once("sync", "tls", "gzip", "stream", "minimal"))
          .comparedBy("apacheHttpClient4");

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
                  "async-minimal"))
          .comparedBy("apacheHttpClient5", "apacheHttpAsyncClient5");

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
          .adapted(
              (source, version) ->
                  version.startsWith("5.")
                      ? source.replace(
                          "client.request(chat(base), asked)",
                          "client.request(chat(base)).onComplete(asked)")
                      : source)
          .onNetty()
          .comparedBy("vertxClient");

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
                      REACTOR_NETTY.artifact + ":" + transport(version)))
          .reportedAs(version -> REACTOR_NETTY.name + " " + transport(version))
          .onNetty();

  static final List<Library> ALL =
      Stream.of(
              List.of(OKHTTP, APACHE4, APACHE5, REACTOR_NETTY, WEB_CLIENT, JETTY, VERTX, OPENAI),
              Sdks.ALL,
              Frameworks.ALL)
          .flatMap(List::stream)
          .toList();

  private final String name;
  private final String artifact;
  private final String program;
  private final List<String> versions;
  private final Map<String, Integer> attempts;
  private UnaryOperator<String> ending = version -> "";
  private Function<String, List<String>> besides = version -> List.of();
  private UnaryOperator<String> client;
  private BinaryOperator<String> adapted = (source, version) -> source;
  private boolean netty;
  private List<String> suites = List.of();
  private final Map<String, UnaryOperator<String>> clients = new TreeMap<>();
  private final Set<String> estimated = new TreeSet<>();
  private String remark = "";

  /**
   * @param name what it is called
   * @param artifact {@code group:artifact}
   * @param program the directory of its program below {@code programs}
   * @param versions the lowest, those between where the library changed what hooks depend on, and
   *     the latest
   * @param attempts how many attempts of each customer's the program makes
   */
  Library(
      String name,
      String artifact,
      String program,
      List<String> versions,
      Map<String, Integer> attempts) {
    this.name = name;
    this.artifact = artifact;
    this.program = program;
    this.versions = versions;
    this.attempts = attempts;
    this.client = version -> name + " " + version;
  }

  /** With an ending of the artifact's name, for some versions. */
  Library ending(UnaryOperator<String> newEnding) {
    ending = newEnding;
    return this;
  }

  /** With more that Maven fetches for a version. */
  Library besides(Function<String, List<String>> artifacts) {
    besides = artifacts;
    return this;
  }

  /**
   * With another field {@code client} of its events than its own name and version; ending in {@code
   * *}, what that begins with.
   */
  Library reportedAs(UnaryOperator<String> newClient) {
    client = newClient;
    return this;
  }

  /** With another field {@code client} in the events of that customer's. */
  Library reportedAs(String customer, UnaryOperator<String> newClient) {
    clients.put(customer, newClient);
    return this;
  }

  /** With customers whose streams report no usage, because nothing asks for it. */
  Library estimated(String... customers) {
    estimated.addAll(List.of(customers));
    return this;
  }

  /** With what a reader of the page must know besides. */
  Library remark(String newRemark) {
    remark = newRemark;
    return this;
  }

  /** With a program whose source, the first argument, a version wants otherwise. */
  Library adapted(BinaryOperator<String> adaptation) {
    adapted = adaptation;
    return this;
  }

  /** With Netty below it, which does what later JVMs warn of. */
  Library onNetty() {
    netty = true;
    return this;
  }

  /** With those methods of DifferentialTest, which compare what an application sees. */
  Library comparedBy(String... methods) {
    suites = List.of(methods);
    return this;
  }

  String name() {
    return name;
  }

  String artifact() {
    return artifact;
  }

  String program() {
    return program;
  }

  List<String> versions() {
    return versions;
  }

  Map<String, Integer> attempts() {
    return attempts;
  }

  List<String> suites() {
    return suites;
  }

  /** What Maven fetches for that version: {@code group:artifact:version}. */
  List<String> coordinates(String version) {
    List<String> coordinates = new ArrayList<>();
    coordinates.add(artifact + ending.apply(version) + ":" + version);
    coordinates.addAll(besides.apply(version));
    return coordinates;
  }

  String remark() {
    return remark;
  }

  /** The field {@code client} of its events. */
  String client(String version) {
    return client.apply(version);
  }

  /** The same, of a customer's. */
  String client(String version, String customer) {
    return clients.getOrDefault(customer, client).apply(version);
  }

  /** What the usage of a customer's calls is known by. */
  String basis(String customer) {
    return estimated.contains(customer) ? "estimated" : "reported";
  }

  /** The program's source as that version wants it. */
  String adapted(String source, String version) {
    return adapted.apply(source, version);
  }

  /** What its JVM wants to be told. */
  String[] options(int javaVersion) {
    return netty && javaVersion >= 24
        ? new String[] {
          "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"
        }
        : new String[0];
  }

  /** The Reactor Netty on which that version of Spring's WebClient stands. */
  private static String transport(String version) {
    return switch (version.charAt(0)) {
      case '5' -> "1.0.48";
      case '6' -> "1.2.18";
      default -> "1.3.7";
    };
  }

  private static String forJetty11(String source) {
    return source
        .replaceAll("jetty\\.client\\.(Request|Response|Result);", "jetty.client.api.$1;")
        .replaceAll("jetty\\.client\\.(\\w+(Listener|Content));", "jetty.client.util.$1;")
        .replace("http2.client.transport.", "http2.client.http.")
        .replace("implements ServerSessionListener", "extends ServerSessionListener.Adapter")
        .replace(
            "MetaData.Response(200, null, HttpVersion.HTTP_2,",
            "MetaData.Response(HttpVersion.HTTP_2, 200,");
  }

  static Map<String, Integer> once(String... customers) {
    Map<String, Integer> attempts = new TreeMap<>();
    for (String customer : customers) {
      attempts.put(customer, 1);
    }
    return attempts;
  }

  static Map<String, Integer> with(Map<String, Integer> attempts, String... retried) {
    for (String customer : retried) {
      attempts.put(customer, 2);
    }
    return attempts;
  }
}
