package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.costattr.it.AgentJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Weaves the real classes of every library in every version of the matrix, those as well that its
 * program does not load, and holds {@code docs/woven-methods.md} against what was woven: a version
 * that has moved a method fails here. Run with {@code WRITE_DOCS=true} to write the page anew.
 */
class WovenMethodsTest {
  private static final Path DOCUMENT = AgentJvm.root().resolve("docs/woven-methods.md");

  @ParameterizedTest
  @CsvSource({
    "javax.servlet:javax.servlet-api:3.1.0, javax.servlet.http.HttpServlet.service",
    "javax.servlet:javax.servlet-api:4.0.1, javax.servlet.http.HttpServlet.service",
    "jakarta.servlet:jakarta.servlet-api:5.0.0, jakarta.servlet.http.HttpServlet.service",
    "jakarta.servlet:jakarta.servlet-api:6.1.0, jakarta.servlet.http.HttpServlet.service",
    "org.apache.tomcat.embed:tomcat-embed-core:8.5.100,"
        + " org.apache.catalina.connector.CoyoteAdapter.service",
    "org.apache.tomcat.embed:tomcat-embed-core:9.0.111,"
        + " org.apache.catalina.connector.CoyoteAdapter.service",
    "org.apache.tomcat.embed:tomcat-embed-core:10.1.59,"
        + " org.apache.catalina.connector.CoyoteAdapter.service",
    "org.apache.tomcat.embed:tomcat-embed-core:11.0.27,"
        + " org.apache.catalina.connector.CoyoteAdapter.service",
    "org.eclipse.jetty:jetty-server:9.4.58.v20250814, org.eclipse.jetty.server.HttpChannel.handle",
    "org.eclipse.jetty:jetty-server:11.0.26, org.eclipse.jetty.server.HttpChannel.handle",
    "org.eclipse.jetty:jetty-server:12.0.39,"
        + " org.eclipse.jetty.server.internal.HttpChannelState$HandlerInvoker.run",
    "org.eclipse.jetty:jetty-server:12.1.14,"
        + " org.eclipse.jetty.server.internal.HttpChannelState$HandlerInvoker.run",
    "io.undertow:undertow-core:2.2.37.Final, io.undertow.server.Connectors.executeRootHandler",
    "io.undertow:undertow-core:2.3.18.Final, io.undertow.server.Connectors.executeRootHandler",
    "org.springframework:spring-context:5.3.39,"
        + " org.springframework.scheduling.support.ScheduledMethodRunnable.run",
    "org.springframework:spring-context:7.0.9,"
        + " org.springframework.scheduling.support.ScheduledMethodRunnable.run",
    "org.springframework:spring-webflux:5.3.39,"
        + " org.springframework.web.reactive.DispatcherHandler.handle",
    "org.springframework:spring-webflux:7.0.9,"
        + " org.springframework.web.reactive.DispatcherHandler.handle",
    "io.projectreactor:reactor-core:3.4.34,"
        + " reactor.core.publisher.FluxPublishOn.subscribeOrReturn",
    "org.glassfish.jersey.core:jersey-server:2.25.1,"
        + " org.glassfish.jersey.server.model.ResourceMethodInvoker.apply",
    "org.glassfish.jersey.core:jersey-server:3.1.10,"
        + " org.glassfish.jersey.server.model.ResourceMethodInvoker.apply",
    "org.jboss.resteasy:resteasy-core:4.7.9.Final,"
        + " org.jboss.resteasy.core.ResourceLocatorInvoker.invokeOnTargetObject",
    "org.jboss.resteasy:resteasy-core:6.2.12.Final,"
        + " org.jboss.resteasy.core.ResourceMethodInvoker.invoke",
    "io.vertx:vertx-web:4.1.0, io.vertx.ext.web.impl.RouteState.handleContext",
    "io.vertx:vertx-web:5.1.0, io.vertx.ext.web.impl.RouteState.handleContext",
    "io.micronaut:micronaut-router:3.3.0, io.micronaut.web.router.AbstractRouteMatch.execute",
    "io.micronaut:micronaut-router:4.10.37, io.micronaut.web.router.AbstractRouteMatch.execute",
    "io.netty:netty-codec:4.1.53.Final, io.netty.handler.codec.ByteToMessageDecoder.channelRead",
    "io.netty:netty-codec-base:4.2.20.Final,"
        + " io.netty.handler.codec.ByteToMessageDecoder.channelRead",
    "io.netty:netty-codec-http:4.1.53.Final, io.netty.handler.codec.http.HttpObjectDecoder.decode",
    "io.netty:netty-codec-http:4.2.20.Final, io.netty.handler.codec.http.HttpObjectDecoder.decode",
    "org.quartz-scheduler:quartz:2.3.2, org.quartz.core.JobRunShell.run",
    "org.quartz-scheduler:quartz:2.5.0, org.quartz.core.JobRunShell.run"
  })
  void serversAndSchedulersHaveTheMethodsThatAreKnown(String coordinates, String method)
      throws Exception {
    List<Path> jars = new ArrayList<>();
    for (File jar : Maven.resolver().resolve(coordinates).withoutTransitivity().asFile()) {
      jars.add(jar.toPath());
    }
    try (AgentClasses agent = new AgentClasses()) {
      assertThat(agent.weave(jars)).contains(method);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "io.netty:netty-common:4.1.53.Final, 3",
    "io.netty:netty-common:4.1.136.Final, 3",
    "io.netty:netty-common:4.2.20.Final, 3",
    "io.vertx:vertx-core:4.1.0, 1",
    "io.vertx:vertx-core:4.5.30, 1",
    "io.vertx:vertx-core:5.1.0, 1",
    "org.springframework:spring-core:5.3.39, 1",
    "org.springframework:spring-core:7.0.9, 1",
    "io.projectreactor:reactor-core:3.4.34, 9",
    "io.projectreactor:reactor-core:3.8.7, 10",
    "io.reactivex.rxjava3:rxjava:3.0.0, 6",
    "io.reactivex.rxjava3:rxjava:3.1.12, 6",
    "org.apache.tomcat.embed:tomcat-embed-core:9.0.111, 1",
    "org.apache.tomcat.embed:tomcat-embed-core:10.1.59, 1",
    "org.eclipse.jetty:jetty-util:9.4.58.v20250814, 1",
    "org.eclipse.jetty:jetty-util:11.0.26, 1",
    "org.eclipse.jetty:jetty-util:12.1.14, 1"
  })
  void executorsOfLibrariesHaveTheMethodsThatAreKnown(String coordinates, int executors)
      throws Exception {
    List<Path> jars = new ArrayList<>();
    for (File jar : Maven.resolver().resolve(coordinates).withoutTransitivity().asFile()) {
      jars.add(jar.toPath());
    }
    try (AgentClasses agent = new AgentClasses()) {
      // From JDK 21 on Reactor has a scheduler of virtual threads.
      boolean hasMore = coordinates.contains("reactor-core:3.8") && AgentJvm.javaVersion() >= 21;
      assertThat(agent.weaveExecutors(jars)).isEqualTo(hasMore ? executors + 1 : executors);
    }
  }

  @Test
  void everyVersionHasTheMethodsThatAreKnown() throws Exception {
    StringBuilder text =
        new StringBuilder(
            """
            # Woven methods

            *Generated by weaving the classes of every version in [supported-libraries.md](supported-libraries.md); a test
            holds the two together, so that a version that has moved a method is noticed before it is claimed.*

            What is woven on the class path of each row, with what the library stands on. The methods call the agent when they
            are entered and when they are left; nothing else of a library is changed. What the agent expects of each is in
            `agent/weaving`, `Targets` and the families it names. Netty's decoders are woven only where rules or trust ask
            requests for more than their routes.
            """);
    try (AgentClasses agent = new AgentClasses()) {
      for (Library library : Library.allWithListeners()) {
        Map<SortedSet<String>, List<String>> versions = new LinkedHashMap<>();
        for (String version : library.versions()) {
          SortedSet<String> woven = agent.weave(Jars.of(library, version));
          assertThat(woven.isEmpty())
              .as("nothing woven of %s %s", library.name(), version)
              .isEqualTo(library.isOnTheJdk());
          versions.computeIfAbsent(woven, set -> new ArrayList<>()).add(version);
        }
        if (library.isOnTheJdk()) {
          continue;
        }
        text.append("\n## ").append(library.name()).append(" (`").append(library.artifact());
        text.append("`)\n");
        versions.forEach((woven, of) -> append(text, woven, of));
      }
    }
    if ("true".equals(System.getenv("WRITE_DOCS"))) {
      Files.writeString(DOCUMENT, text);
    }
    assertThat(Files.readString(DOCUMENT))
        .as(
            "docs/woven-methods.md is generated;"
                + " run this test with WRITE_DOCS=true in the environment")
        .isEqualTo(text.toString());
  }

  /** One line for a class. */
  private static void append(StringBuilder text, SortedSet<String> woven, List<String> versions) {
    Map<String, SortedSet<String>> methods = new TreeMap<>();
    for (String method : woven) {
      int name = method.lastIndexOf('.');
      methods
          .computeIfAbsent(method.substring(0, name), type -> new TreeSet<>())
          .add(method.substring(name + 1));
    }
    text.append("\n").append(String.join(", ", versions)).append(":\n\n");
    methods.forEach(
        (type, of) ->
            text.append("- `")
                .append(type)
                .append("`: `")
                .append(String.join("`, `", of))
                .append("`\n"));
  }

  @Test
  void aMethodThatHasMovedIsNamed(@TempDir Path directory) throws Exception {
    Path jar = directory.resolve("moved.jar");
    String name = "com/openai/core/PrepareRequest";
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    writer.visitEnd();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(name + ".class"));
      out.write(writer.toByteArray());
    }
    try (AgentClasses agent = new AgentClasses()) {
      assertThatThrownBy(() -> agent.weave(List.of(jar)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("com.openai.core.PrepareRequest has no prepareAsync");
    }
  }
}
