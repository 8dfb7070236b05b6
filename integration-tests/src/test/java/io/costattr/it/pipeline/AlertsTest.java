package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.costattr.loopback.servers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real Alertmanager with the shipped routes and texts; a local receiver stands for every
 * channel.
 */
class AlertsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path directory;
  private final Map<String, JsonNode> received = new ConcurrentHashMap<>();
  private HttpServer channels;
  private int port;

  @BeforeAll
  static void once() {
    Programs.onlyOnce();
  }

  @BeforeEach
  void listen() throws IOException {
    channels = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    channels.createContext(
        "/",
        exchange -> {
          JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
          received.put(exchange.getRequestURI().getPath(), body);
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(UTF_8));
          exchange.close();
        });
    channels.start();
    port = channels.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    channels.stop(0);
  }

  @Test
  void whatMustWakeSomebodyGoesToEveryChannelWithWhatToDo() throws Exception {
    Map<String, String> all =
        Map.of(
            "SLACK_WEBHOOK_URL",
            url("/slack"),
            "ALERT_WEBHOOK_URL",
            url("/webhook"),
            "PAGERDUTY_ROUTING_KEY",
            "pd-key",
            "OPSGENIE_API_KEY",
            "og-key");
    try (Daemon alertmanager = start(all)) {
      assertThat(alertmanager.isAlive()).isTrue();
      fire("CostattrFeatureSpendHigh", "page", "summaries spent $60.00 within an hour");
      Eventually.holds("all four were told", () -> received.size() == 4);

      JsonNode slack = received.get("/slack").path("attachments").path(0);
      assertThat(slack.path("title").asText()).isEqualTo("summaries spent $60.00 within an hour");
      assertThat(slack.path("text").asText())
          .contains("What happened and where.", "Runbook: docs/runbooks/feature-spend-high.md");
      assertThat(slack.path("color").asText()).isEqualTo("danger");

      JsonNode pager = received.get("/pagerduty");
      assertThat(pager.path("routing_key").asText()).isEqualTo("pd-key");
      assertThat(pager.path("payload").path("summary").asText())
          .isEqualTo("summaries spent $60.00 within an hour");
      assertThat(pager.path("payload").path("severity").asText()).isEqualTo("critical");

      JsonNode opsgenie = received.get("/opsgenie/v2/alerts");
      assertThat(opsgenie.path("message").asText())
          .isEqualTo("summaries spent $60.00 within an hour");
      assertThat(opsgenie.path("priority").asText()).isEqualTo("P1");

      JsonNode alert = received.get("/webhook").path("alerts").path(0);
      assertThat(alert.path("labels").path("costattr_feature").asText()).isEqualTo("summaries");
      assertThat(alert.path("annotations").path("runbook").asText())
          .isEqualTo("docs/runbooks/feature-spend-high.md");
    }
  }

  @Test
  void whatIsGoodToKnowWakesNobodyAndAChannelWithoutAKeyIsNotThere() throws Exception {
    try (Daemon alertmanager =
        start(Map.of("SLACK_WEBHOOK_URL", url("/slack"), "PAGERDUTY_ROUTING_KEY", "pd-key"))) {
      fire("CostattrNewFeatureCosts", "info", "search is new and costs $2.00 an hour");
      Eventually.holds("Slack was told", () -> received.containsKey("/slack"));
      // The other channels have the same time to hear of it.
      fire("CostattrUnpricedCalls", "warning", "3 calls of gpt-9 have no price");
      Eventually.holds(
          "Slack was told of the next", () -> received.get("/slack").toString().contains("gpt-9"));
      assertThat(received.keySet()).containsExactly("/slack");
      assertThat(alertmanager.log()).doesNotContain("level=ERROR", "err=");
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private int alertmanagerPort;

  private Daemon start(Map<String, String> keys) throws Exception {
    Path secrets = directory.resolve("secrets");
    Secrets.make(secrets, keys);
    Path templates = Programs.config().resolve("alertmanager/templates");
    // The addresses of PagerDuty and Opsgenie are built in; here they are this test's.
    String configuration =
        Files.readString(secrets.resolve(".secrets/alertmanager.yaml"), UTF_8)
            .replace(
                "/etc/alertmanager/secrets", secrets.resolve(".secrets/alertmanager").toString())
            .replace("/etc/alertmanager/templates", templates.toString())
            .replace("group_wait: 10s", "group_wait: 100ms")
            .replace(
                "global:\n",
                "global:\n  pagerduty_url: "
                    + url("/pagerduty")
                    + "\n  opsgenie_api_url: "
                    + url("/opsgenie/")
                    + "\n");
    Path file = directory.resolve("alertmanager.yaml");
    Files.writeString(file, configuration, UTF_8);
    alertmanagerPort = Ports.free();
    return Daemon.start(
            directory,
            "alertmanager",
            Map.of(),
            List.of(
                Programs.directory("alertmanager").resolve("alertmanager").toString(),
                "--config.file=" + file,
                "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + alertmanagerPort,
                "--cluster.listen-address="))
        .awaitAnswer("http://127.0.0.1:" + alertmanagerPort + "/-/ready");
  }

  private void fire(String name, String severity, String summary) throws Exception {
    String alert =
        JSON.writeValueAsString(
            List.of(
                Map.of(
                    "labels",
                    Map.of(
                        "alertname", name,
                        "severity", severity,
                        "environment", "production",
                        "costattr_team", "growth",
                        "costattr_feature", "summaries"),
                    "annotations",
                    Map.of(
                        "summary", summary,
                        "description", "What happened and where.",
                        "runbook", "docs/runbooks/feature-spend-high.md"))));
    int status =
        HTTP.send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + alertmanagerPort + "/api/v2/alerts"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(alert))
                    .build(),
                BodyHandlers.discarding())
            .statusCode();
    assertThat(status).isEqualTo(200);
  }
}
