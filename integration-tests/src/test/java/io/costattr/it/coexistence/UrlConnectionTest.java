package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else reads through URLs, or is woven in {@code java.base} beside it. */
class UrlConnectionTest {
  private static final String CONNECTION = "sun.net.www.protocol.http.HttpURLConnection ";

  @TempDir Path directory;

  /** Reads a file and an entry of a jar, and knows an address on the net. */
  public static final class Reading {
    public static void main(String[] arguments) throws Exception {
      for (String url : List.of(arguments)) {
        try (InputStream in = URI.create(url).toURL().openConnection().getInputStream()) {
          System.out.println(in.readAllBytes().length > 0);
        }
      }
      System.out.println(URI.create("https://api.openai.com/v1/").toURL().getHost());
    }
  }

  @Test
  void aProgramThatReadsFilesAndJarsThroughUrlsPaysNothing() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "some text");
    String jar = AgentJvm.agentJar().toUri().toString();
    Path log = directory.resolve("classes.log");
    Result result =
        AgentJvm.of(directory, Reading.class)
            .option("-Xlog:class+load:file=" + log + "::filecount=0")
            .withAgent()
            .argument(file.toUri().toString(), "jar:" + jar + "!/META-INF/MANIFEST.MF")
            .run();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines()).containsExactly("true", "true", "api.openai.com");
    assertThat(Files.readString(log))
        .contains("io.costattr.weaving.Gate ")
        .doesNotContain(CONNECTION)
        .doesNotContain("] org.objectweb.asm.")
        .doesNotContain("io.costattr.core.config.");
  }

  /** Loads {@link Calls} from that address, and lets it call a model. */
  public static final class Remote {
    public static void main(String[] arguments) throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (InputStream in =
                Remote.class.getResourceAsStream(exchange.getRequestURI().getPath())) {
              byte[] classFile = in == null ? new byte[0] : in.readAllBytes();
              exchange.sendResponseHeaders(
                  in == null ? 404 : 200, in == null ? -1 : classFile.length);
              exchange.getResponseBody().write(classFile);
            } finally {
              exchange.close();
            }
          });
      server.start();
      URL from = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/").toURL();
      try (URLClassLoader loader =
          new URLClassLoader(new URL[] {from}, ClassLoader.getPlatformClassLoader())) {
        loader
            .loadClass(Alone.class.getName())
            .getMethod("main", String[].class)
            .invoke(null, (Object) arguments);
      }
      server.stop(0);
    }
  }

  /** Calls a model with no more than the JDK. */
  public static final class Alone {
    public static void main(String[] arguments) throws Exception {
      Calls.urlConnection(arguments[0]);
      System.out.println(Calls.class.getClassLoader().getClass().getSimpleName());
    }
  }

  @Test
  void classesAreLoadedOverHttpAndTheirCallsAreSeen() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Remote.class)
              .withAgent("otel.sdk.disabled=true")
              .argument(server.baseUrl())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out()).isEqualToIgnoringNewLines("URLClassLoader");
      assertThat(result.eachEvents("cost_basis")).containsExactly("reported");
      assertThat(result.err()).doesNotContain("internal fault");
    }
  }

  /** One call through another client. */
  public static final class Other {
    public static void main(String[] arguments) throws Exception {
      Calls.okHttp(arguments[0]);
    }
  }

  @Test
  void theAgentItselfSendsNothingThroughIt() throws Exception {
    Path log = directory.resolve("classes.log");
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        LoopbackOpenAi collector = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Other.class)
              .option("-Xlog:class+load:file=" + log + "::filecount=0")
              .withAgent()
              .environment("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
              .environment("OTEL_EXPORTER_OTLP_ENDPOINT", collector.baseUrl().replace("/v1", ""))
              .argument(server.baseUrl())
              .run();
      assertThat(result.events()).as(result.err()).hasSize(1);
      assertThat(collector.server().requests()).isNotEmpty();
      assertThat(Files.readString(log))
          .contains("okhttp3.OkHttpClient ")
          .doesNotContain(CONNECTION);
    }
  }
}
