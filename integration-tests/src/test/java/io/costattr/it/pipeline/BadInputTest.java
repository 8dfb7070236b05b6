package io.costattr.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator gets wrong: one line says which, and the application does not notice. */
class BadInputTest {
  @TempDir static Path shared;
  @TempDir Path directory;

  private static Path tls;
  private static Path otherTls;
  private static ClickHouse clickHouse;
  private static Collector gateway;
  private static Collector laptop;

  /** A mistake, and what the agent's line says of it. */
  enum Mistake {
    WRONG_TOKEN("HTTP 401: it does not accept the credentials, see OTEL_EXPORTER_OTLP_HEADERS"),
    WRONG_TOKEN_GRPC("gRPC UNAUTHENTICATED: it does not accept the credentials"),
    OTHER_AUTHORITY("of an authority that is not trusted here"),
    NO_AUTHORITY("see OTEL_EXPORTER_OTLP_CERTIFICATE"),
    PLAIN_TO_TLS("it wants TLS, which the endpoint does not say"),
    PLAIN_TO_TLS_GRPC("it wants TLS, which the endpoint does not say"),
    TLS_TO_PLAIN("it does not speak TLS, which the endpoint wants"),
    HTTP_TO_GRPC("see OTEL_EXPORTER_OTLP_PROTOCOL"),
    GRPC_TO_HTTP("see OTEL_EXPORTER_OTLP_PROTOCOL");

    private final String says;

    Mistake(String says) {
      this.says = says;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Programs.onlyOnce();
    Programs.directory("otelcol");
    tls = Secrets.make(shared.resolve("secrets"));
    otherTls = Secrets.make(shared.resolve("other"));
    clickHouse = ClickHouse.start(shared.resolve("clickhouse"));
    Map<String, String> environment =
        Map.of("COSTATTR_TLS", tls.toString(), "CLICKHOUSE_ENDPOINT", clickHouse.endpoint());
    gateway = Collector.start(shared.resolve("gateway"), environment, "gateway.yaml");
    laptop = Collector.start(shared.resolve("laptop"), environment, "laptop.yaml");
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable program : new AutoCloseable[] {gateway, laptop, clickHouse}) {
      try {
        if (program != null) {
          program.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Mistake.class)
  void isNamedInOneLine(Mistake mistake) throws Exception {
    try (LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      App app = App.of(directory, "app", provider, 1);
      make(mistake, app);
      app.start().await("the agent says so", () -> app.err().contains("cannot send"));
      Result result = app.end();
      List<String> said =
          result.errorLines().stream().filter(line -> line.contains("cannot send")).toList();
      assertThat(said).singleElement().asString().contains(mistake.says);
      assertThat(result.out()).contains("spent").doesNotContain("Exception");
    }
  }

  private void make(Mistake mistake, App app) throws IOException {
    Path authority = tls;
    String token = Secrets.token(tls);
    String host = "https://localhost:";
    int port = gateway.httpPort();
    boolean grpc = mistake.name().endsWith("GRPC") && mistake != Mistake.HTTP_TO_GRPC;
    switch (mistake) {
      case WRONG_TOKEN, WRONG_TOKEN_GRPC -> token = "nobody's";
      case OTHER_AUTHORITY -> authority = otherTls;
      case NO_AUTHORITY -> authority = null;
      case PLAIN_TO_TLS, PLAIN_TO_TLS_GRPC -> host = "http://localhost:";
      case TLS_TO_PLAIN -> port = laptop.httpPort();
      case HTTP_TO_GRPC -> {
        host = "http://localhost:";
        port = laptop.grpcPort();
      }
      case GRPC_TO_HTTP -> {
        host = "http://localhost:";
        port = laptop.httpPort();
        grpc = true;
      }
    }
    if (grpc) {
      app.environment("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
      if (mistake != Mistake.GRPC_TO_HTTP) {
        port = gateway.grpcPort();
      }
    }
    app.sendingTo(host + port);
    if (authority != null) {
      app.environment("OTEL_EXPORTER_OTLP_CERTIFICATE", authority.resolve("ca.crt").toString());
    }
    if (token != null) {
      app.environment("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20" + token);
    }
  }
}
