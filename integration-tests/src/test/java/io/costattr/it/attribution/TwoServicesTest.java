package io.costattr.it.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.it.CompiledProgram;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A service that others share is billed to the team that asks, by baggage that they sign; and what
 * somebody else writes into that header is billed to nobody.
 */
class TwoServicesTest {
  private static final String KEY = "3kq0Vt9Y1mJc8rWz5xPb7nLd2fGh6sTa";
  private static final String OLD_KEY = "old-0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  @Test
  void theSharedServiceIsBilledToTheTeamThatAsks() throws Exception {
    Path keys = Files.writeString(directory.resolve("keys"), KEY + "\n" + OLD_KEY + "\n");
    try (Shared shared =
        new Shared("baggage.trust=signed", "baggage.key.file=" + keys, "defaults.team=embedding")) {
      Result search =
          AgentJvm.of(Files.createDirectory(directory.resolve("search")), SearchService.class)
              .withAgent(
                  "otel.sdk.disabled=true",
                  "baggage.hosts=127.0.0.1:" + shared.port,
                  "defaults.team=search")
              .environment("COSTATTR_BAGGAGE_KEY", KEY)
              .argument("http://127.0.0.1:" + shared.port)
              .run();
      assertThat(search.exit()).as(search.err()).isZero();
      assertThat(search.err()).isEmpty();
      assertThat(search.events()).isEmpty();
      long now = Instant.now().getEpochSecond();
      String good = signed(KEY, now, "cust_4");
      String signature = good.substring(good.indexOf("costattr.sig"));

      List<String> expected =
          new ArrayList<>(
              List.of(
                  "search/baggage cust_1/baggage search/baggage",
                  "search/baggage cust_2/baggage search/baggage",
                  "search/baggage cust_3/baggage embedding/api"));
      for (int port : List.of(shared.port, shared.servletPort)) {
        shared.get(port, good);
        shared.get(port, signed(OLD_KEY, now, "cust_5"));
        shared.get(port, signed(KEY, now, "cust_6"), "costattr.feature=unsigned", "a=b;c=d");
        expected.add("(unattributed)/none cust_4/baggage embedding/default");
        expected.add("(unattributed)/none cust_5/baggage embedding/default");
        expected.add("(unattributed)/none cust_6/baggage embedding/default");
        List<String[]> spoofed = new ArrayList<>();
        spoofed.add(new String[] {"costattr.customer.id=spoofed"});
        spoofed.add(new String[] {signed("another-" + OLD_KEY, now, "spoofed")});
        spoofed.add(new String[] {signed(KEY, now - 3_600, "spoofed")});
        spoofed.add(new String[] {good.replace("cust_4", "spoofed")});
        spoofed.add(new String[] {"costattr.customer.id=spoofed", signature});
        spoofed.add(new String[] {good, "costattr.customer.id=spoofed"});
        spoofed.add(new String[] {"a=b,".repeat(1_500) + signed(KEY, now, "spoofed")});
        spoofed.add(new String[] {"costattr.customer.id=" + "c".repeat(7_000) + "," + signature});
        spoofed.add(new String[] {good.replace("cust_4", "cust%0A4")});
        spoofed.add(new String[] {good.replace("cust_4", "%C3%28")});
        for (String[] headers : spoofed) {
          shared.get(port, headers);
          expected.add("(unattributed)/none (unattributed)/none embedding/default");
        }
      }
      Result result = shared.stop();

      assertThat(who(result)).containsExactlyElementsOf(expected);
      assertThat(result.events().get(0).path("tags").path("plan").asText()).isEqualTo("gold");
      assertThat(result.events().get(0).path("route").asText()).isEqualTo("/embed");
      assertThat(result.eachEvents("cost_usd")).noneMatch("0"::equals);
      assertThat(result.err())
          .containsOnlyOnce("baggage with a signature")
          .doesNotContain("internal fault")
          .doesNotContain(KEY, "spoofed");
    }
  }

  @Test
  void aPeerIsToldByItsSocketAndNotByWhatAHeaderSays() throws Exception {
    try (Shared shared = new Shared("baggage.trust=peers", "baggage.peers=127.0.0.2,10.0.0.0/8")) {
      List<String> expected = new ArrayList<>();
      for (int port : List.of(shared.port, shared.servletPort)) {
        shared.from("127.0.0.2", port, "baggage: costattr.customer.id=cust_1,costattr.team=t");
        shared.from("127.0.0.1", port, "baggage: costattr.customer.id=spoofed,costattr.team=t");
        if (port == shared.servletPort) {
          assertThat(shared.from("127.0.0.1", port, "X-Forwarded-For: 127.0.0.2"))
              .as("what the server takes for the peer")
              .contains("127.0.0.2");
          expected.add("(unattributed)/none (unattributed)/none (unattributed)/none");
        }
        for (String forwarded :
            List.of(
                "X-Forwarded-For: 127.0.0.2", "Forwarded: for=10.0.0.1", "X-Real-IP: 10.0.0.1")) {
          shared.from("127.0.0.1", port, "baggage: costattr.customer.id=spoofed", forwarded);
        }
        shared.from(
            "127.0.0.2",
            port,
            "baggage: costattr.customer.id=a,costattr.team=t",
            "baggage: costattr.customer.id=b");
        expected.add(
            expected.size() - (port == shared.servletPort ? 1 : 0),
            "(unattributed)/none cust_1/baggage t/baggage");
        for (int i = 0; i < 4; i++) {
          expected.add("(unattributed)/none (unattributed)/none (unattributed)/none");
        }
        expected.add("(unattributed)/none (unattributed)/none t/baggage");
      }
      Result result = shared.stop();

      assertThat(who(result)).containsExactlyElementsOf(expected);
      assertThat(result.err()).doesNotContain("internal fault").doesNotContain("spoofed");
    }
  }

  @Test
  void otherContainersAreAskedForTheirSocketsAsWell() throws Exception {
    billsWhoAskedByTheirSockets(
        1,
        CompiledProgram.classPath(
            "servletpeers",
            directory,
            "org.eclipse.jetty.ee10:jetty-ee10-servlet:12.0.39",
            "io.undertow:undertow-servlet:2.3.18.Final"));
  }

  @ParameterizedTest
  @CsvSource({"5.3.39, 1.0.48, 4.3.8", "6.2.19, 1.2.18, 4.5.30", "7.0.9, 1.3.7, 5.1.0"})
  void serversOnNettyAreAskedForTheirSocketsAsWell(String spring, String netty, String vertx)
      throws Exception {
    billsWhoAskedByTheirSockets(
        1,
        CompiledProgram.classPath(
            "reactivepeers",
            directory,
            "org.springframework:spring-webflux:" + spring,
            "org.springframework:spring-context:" + spring,
            "io.projectreactor.netty:reactor-netty-http:" + netty,
            "io.vertx:vertx-web:" + vertx));
  }

  @ParameterizedTest
  @CsvSource({"1.0.48, 4.3.8", "1.2.18, 4.5.30", "1.3.7, 5.1.0"})
  void soIsNettyByItself(String netty, String vertx) throws Exception {
    billsWhoAskedByTheirSockets(
        2,
        CompiledProgram.classPath(
            "nettypeers",
            directory,
            "io.projectreactor.netty:reactor-netty-http:" + netty,
            "io.vertx:vertx-core:" + vertx));
  }

  private void billsWhoAskedByTheirSockets(int calls, String classPath) throws Exception {
    try (LoopbackOpenAi model = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, "Program")
              .withAgent("baggage.trust=peers", "baggage.peers=127.0.0.2")
              .option("-Dcostattr.otel.sdk.disabled=true")
              .classPath(classPath)
              .argument(model.baseUrl())
              .run();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out().lines())
          .containsExactlyElementsOf(
              twice("127.0.0.2 is taken for 127.0.0.1", "127.0.0.1 is taken for 127.0.0.2"));
      assertThat(result.eachEvents("customer_id"))
          .as(result.err())
          .containsExactlyElementsOf(
              calls == 1
                  ? twice("cust_1", "(unattributed)")
                  : twice("cust_1", "cust_1", "(unattributed)", "(unattributed)"));
    }
  }

  /** Of each of two servers. */
  private static List<String> twice(String... lines) {
    return Stream.of(lines, lines).flatMap(Stream::of).toList();
  }

  @Test
  void aSignedRequestToWebFluxIsBilledToWhoAsks() throws Exception {
    String classPath =
        CompiledProgram.classPath(
            "baggagewebflux",
            directory,
            "org.springframework:spring-webflux:6.2.19",
            "org.springframework:spring-context:6.2.19",
            "io.projectreactor.netty:reactor-netty-http:1.2.18",
            "com.fasterxml.jackson.core:jackson-databind:2.18.2");
    long now = Instant.now().getEpochSecond();
    String good = signed(KEY, now, "cust_1");
    try (LoopbackOpenAi model = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, "Program")
              .withAgent("baggage.trust=signed", "baggage.key=" + KEY)
              .option("-Dcostattr.otel.sdk.disabled=true")
              .classPath(classPath)
              .argument(model.baseUrl(), good, good.replace("cust_1", "spoofed"))
              .run();

      assertThat(result.out().lines()).as(result.err()).containsExactly("204", "204", "204", "204");
      assertThat(result.eachEvents("customer_id"))
          .as(result.err())
          .containsExactly("cust_1", "cust_1", "(unattributed)", "(unattributed)");
    }
  }

  private static String signed(String key, long seconds, String customer) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String text = "costattr-baggage\n1\n" + seconds + "\ncustomer.id=" + customer + "\n";
    String code =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    return "costattr.customer.id="
        + customer
        + ",costattr.sig=1:"
        + seconds
        + ":customer.id:"
        + code;
  }

  private static List<String> who(Result result) throws IOException {
    List<String> all = new ArrayList<>();
    for (JsonNode event : result.events()) {
      JsonNode sources = event.path("attribution_source");
      all.add(
          String.join(
              " ",
              Stream.of("feature", "customer_id", "team")
                  .map(name -> event.path(name).asText() + "/" + sources.path(name).asText())
                  .toList()));
    }
    return all;
  }

  /** The service that others share, in a JVM of its own with the agent. */
  private final class Shared implements AutoCloseable {
    private final LoopbackOpenAi model = LoopbackOpenAi.start();
    private final AgentJvm jvm;
    private final Process process;
    final int port;
    final int servletPort;

    Shared(String... settings) throws Exception {
      Path own = Files.createDirectory(directory.resolve("embedding"));
      jvm =
          AgentJvm.of(own, EmbeddingService.class)
              .withAgent(settings)
              .option("-Dcostattr.otel.sdk.disabled=true");
      try (ServerSocket ready = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        ready.setSoTimeout(120_000);
        process =
            jvm.argument(model.baseUrl(), own.toString(), Integer.toString(ready.getLocalPort()))
                .start();
        try (Socket socket = ready.accept();
            DataInputStream in = new DataInputStream(socket.getInputStream())) {
          port = in.readInt();
          servletPort = in.readInt();
        }
      }
    }

    void get(int to, String... baggage) throws IOException {
      from("127.0.0.1", to, Stream.of(baggage).map("baggage: "::concat).toArray(String[]::new));
    }

    /** Sends a request by a socket of that address, with whatever headers. */
    String from(String address, int to, String... headers) throws IOException {
      String answer = request(address, to, "/embed", headers);
      assertThat(answer).startsWith("HTTP/1.1 20");
      return answer;
    }

    private String request(String address, int to, String path, String... headers)
        throws IOException {
      try (Socket socket =
          new Socket(InetAddress.getByName("127.0.0.1"), to, InetAddress.getByName(address), 0)) {
        String head =
            "GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + Stream.of(headers).map(header -> header + "\r\n").reduce("", String::concat)
                + "\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }

    Result stop() throws Exception {
      request("127.0.0.1", port, "/stop");
      return jvm.await(process);
    }

    @Override
    public void close() {
      process.destroyForcibly();
      model.close();
    }
  }
}
