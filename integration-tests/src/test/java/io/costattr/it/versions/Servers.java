package io.costattr.it.versions;

import java.util.List;
import java.util.Map;

/** Servers whose routes are taken, each by one program in several of its versions. */
final class Servers {
  static final Library WEBFLUX =
      server(
              "Spring WebFlux",
              "routeswebflux",
              "org.springframework:spring-webflux",
              List.of("5.3.39", "6.2.19", "7.0.9"))
          .besides(
              version ->
                  switch (version) {
                    case "5.3.39" -> reactive(version, "1.0.6", "3.4.34", "1.0.48");
                    case "6.2.19" -> reactive(version, "1.1.4", "3.7.19", "1.2.18");
                    default -> reactive(version, "1.2.1", "3.8.7", "1.3.7");
                  })
          // Reactor carries by itself from 3.5 on.
          .adapted(
              (source, version) ->
                  version.startsWith("5.")
                      ? source.replace("Hooks.enableAutomaticContextPropagation();", "")
                      : source)
          .onNetty()
          .remark("On Reactor Netty. Annotated controllers and functional routes.");

  static final Library JERSEY =
      server(
              "Jersey",
              "routesjersey",
              "org.glassfish.jersey.core:jersey-server",
              List.of("2.35", "2.47", "3.1.10"))
          .besides(
              version ->
                  List.of(
                      "org.glassfish.jersey.containers:jersey-container-jdk-http:" + version,
                      "org.glassfish.jersey.containers:jersey-container-servlet:" + version,
                      "org.glassfish.jersey.inject:jersey-hk2:" + version,
                      "org.apache.tomcat.embed:tomcat-embed-core:"
                          + (version.startsWith("2.") ? "9.0.111" : "10.1.59")))
          .adapted(Servers::javax)
          .remark("In the JDK's server and as a servlet.");

  static final Library RESTEASY =
      server(
              "RESTEasy",
              "routesresteasy",
              "org.jboss.resteasy:resteasy-core",
              List.of("4.7.9.Final", "6.2.12.Final"))
          .besides(
              version ->
                  List.of(
                      "org.apache.tomcat.embed:tomcat-embed-core:"
                          + (version.startsWith("4.") ? "9.0.111" : "10.1.59")))
          .adapted((source, version) -> version.startsWith("4.") ? javax(source, "2.") : source)
          .remark("Classic, as a servlet.");

  static final Library VERTX =
      server("Vert.x-web", "routesvertx", "io.vertx:vertx-web", List.of("4.1.0", "4.5.30", "5.1.0"))
          // It does not tell yet where a router is mounted.
          .adapted(
              (source, version) ->
                  version.equals("4.1.0")
                      ? source.replace("/carts/:cart/items/:item\"));", "(unattributed)\"));")
                      : source)
          .onNetty();

  static final Library MICRONAUT =
      server(
              "Micronaut",
              "routesmicronaut",
              "io.micronaut:micronaut-http-server-netty",
              List.of("3.3.0", "4.0.0", "4.10.37", "5.2.23"))
          .besides(
              version ->
                  List.of(
                      "io.micronaut:micronaut-runtime:" + version,
                      "io.micronaut:micronaut-"
                          + (version.startsWith("3.") ? "runtime" : "jackson-databind")
                          + ":"
                          + version,
                      "io.projectreactor:reactor-core:3.8.7"))
          // What 5.2.23 is processed by needs something that was not published.
          .processedBy(
              version ->
                  List.of(
                      "io.micronaut:micronaut-inject-java:"
                          + (version.equals("5.2.23") ? "5.0.2" : version)))
          .needing(version -> version.startsWith("5.") ? 25 : 17)
          .onNetty()
          .remark("On Netty. 5 on JDK 25.");

  static final Library NETTY =
      server(
              "Netty",
              "routesnetty",
              "io.netty:netty-codec-http",
              List.of("4.1.53.Final", "4.1.136.Final", "4.2.20.Final"))
          .onNetty()
          .remark("No routes: what rules and trust ask of requests. HTTP/1.1.");

  static final List<Library> ALL = List.of(WEBFLUX, JERSEY, RESTEASY, VERTX, MICRONAUT, NETTY);

  private Servers() {}

  private static Library server(
      String name, String program, String artifact, List<String> versions) {
    return new Library(name, artifact, program, versions, Map.of());
  }

  private static String javax(String source, String version) {
    return version.startsWith("2.") ? source.replace("jakarta.ws.rs", "javax.ws.rs") : source;
  }

  /** What a chain of Spring's is made of, in versions that go together. */
  static List<String> reactive(String spring, String propagation, String reactor, String netty) {
    return List.of(
        "org.springframework:spring-context:" + spring,
        "io.micrometer:context-propagation:" + propagation,
        "io.projectreactor:reactor-core:" + reactor,
        "io.projectreactor.netty:reactor-netty-http:" + netty);
  }
}
