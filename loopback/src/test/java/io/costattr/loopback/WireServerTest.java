package io.costattr.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class WireServerTest {

  @Test
  void aWholeBodyGoesOutWithItsLengthAndTheConnectionStays() throws Exception {
    try (WireServer server = WireServer.start((request, reply) -> reply.body("hello"));
        RawClient client = new RawClient(server)) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.get().readTo("hello"))
            .isEqualTo("HTTP/1.1 200 \r\ncontent-length: 5\r\n\r\nhello");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void statusReasonHeadersPartsAndTrailersAreWrittenAsSaid() throws Exception {
    try (WireServer server =
            WireServer.start(
                (request, reply) ->
                    reply
                        .status(201, "Made")
                        .header("X-Two", "a")
                        .header("X-Two", "b")
                        .trailer("x-sum", "9")
                        .chunked()
                        .parts("abcdef".getBytes(UTF_8), 1, 3));
        RawClient client = new RawClient(server)) {
      assertThat(client.get().readTo("x-sum: 9\r\n\r\n"))
          .isEqualTo(
              "HTTP/1.1 201 Made\r\nX-Two: a\r\nX-Two: b\r\ntransfer-encoding: chunked\r\n\r\n"
                  + "1\r\na\r\n3\r\nbcd\r\n2\r\nef\r\n0\r\nx-sum: 9\r\n\r\n");
    }
  }

  @Test
  void aGateHoldsTheRestUntilItIsOpened() throws Exception {
    Gate gate = new Gate();
    try (WireServer server =
            WireServer.start(
                (request, reply) -> reply.fixed(6).part("one").await(gate).part("two"));
        RawClient client = new RawClient(server)) {
      assertThat(client.get().readTo("one")).endsWith("\r\n\r\none");
      gate.awaitReached();
      assertThat(client.socket.getInputStream().available()).isZero();
      gate.open();
      assertThat(client.readTo("two")).isEqualTo("two");
    }
  }

  @Test
  void aBodyWithoutLengthEndsWithTheConnection() throws Exception {
    try (WireServer server = WireServer.start((request, reply) -> reply.untilClose().part("all"));
        RawClient client = new RawClient(server)) {
      assertThat(client.get().readAll()).isEqualTo("HTTP/1.1 200 \r\nconnection: close\r\n\r\nall");
    }
  }

  @Test
  void aBodyShorterThanItsLengthClosesTheConnection() throws Exception {
    try (WireServer server = WireServer.start((request, reply) -> reply.fixed(9).part("short"));
        RawClient client = new RawClient(server)) {
      assertThat(client.get().readAll()).endsWith("\r\n\r\nshort");
    }
  }

  @Test
  void aResetFailsThePeersRead() throws Exception {
    Gate read = new Gate();
    try (WireServer server =
            WireServer.start((request, reply) -> reply.chunked().part("x").await(read).reset());
        RawClient client = new RawClient(server)) {
      client.get().readTo("1\r\nx\r\n");
      read.open();
      assertThatIOException().isThrownBy(client::readAll).withMessageContaining("reset");
    }
  }

  @Test
  void aHalfClosedConnectionEndsInOrderWithoutItsLastChunk() throws Exception {
    try (WireServer server =
            WireServer.start((request, reply) -> reply.chunked().part("x").halfClose());
        RawClient client = new RawClient(server)) {
      assertThat(client.get().readAll()).endsWith("1\r\nx\r\n");
      client.send("still open this way");
    }
  }

  @Test
  void aStalledReplyEndsOnlyWithTheServer() throws Exception {
    Gate stalls = new Gate();
    WireServer server =
        WireServer.start(
            (request, reply) -> {
              reply.chunked().part("x");
              stalls.open();
              reply.stall();
            });
    try (RawClient client = new RawClient(server)) {
      client.get().readTo("1\r\nx\r\n");
      stalls.pass();
      server.close();
      assertThat(client.socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  void bytesCanBeWrittenRaw() throws Exception {
    try (WireServer server =
            WireServer.start(
                (request, reply) -> {
                  reply.raw("HTTP/1.1 2OO what\n".getBytes(UTF_8));
                  reply.close();
                });
        RawClient client = new RawClient(server)) {
      assertThat(client.get().readAll()).isEqualTo("HTTP/1.1 2OO what\n");
    }
  }

  @Test
  void everyCodedPartIsReadableAsSoonAsItHasArrived() throws Exception {
    for (Coding coding : new Coding[] {Coding.GZIP, Coding.DEFLATE}) {
      Gate gate = new Gate();
      try (WireServer server =
          WireServer.start(
              (request, reply) ->
                  reply.coding(coding).chunked().part("one").await(gate).part("two"))) {
        HttpResponse<java.io.InputStream> response =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(server.url())).build(),
                    BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-encoding")).contains(coding.token());
        try (java.io.InputStream plain =
            coding == Coding.GZIP
                ? new GZIPInputStream(response.body())
                : new InflaterInputStream(response.body())) {
          assertThat(plain.readNBytes(3)).asString(UTF_8).isEqualTo("one");
          gate.open();
          assertThat(plain.readAllBytes()).asString(UTF_8).isEqualTo("two");
        }
      }
    }
  }

  @Test
  void requestsAreRecordedWithTheirHeadersAndTheirBodyUnchunked() throws Exception {
    try (WireServer server = WireServer.start((request, reply) -> reply.body("ok"));
        RawClient client = new RawClient(server)) {
      client.send(
          "POST /a?b=c HTTP/1.1\r\nX-Name:  value \r\nTransfer-Encoding: chunked\r\n\r\n"
              + "3;ext=1\r\nabc\r\nA\r\ndefghijklm\r\n0\r\nx-trailer: 1\r\n\r\n");
      client.readTo("ok");
      WireRequest request = server.awaitRequests(1).get(0);
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/a?b=c");
      assertThat(request.path()).isEqualTo("/a");
      assertThat(request.header("x-name")).isEqualTo("value");
      assertThat(request.text()).isEqualTo("abcdefghijklm");
      client.get().readTo("ok");
      assertThat(server.requests()).extracting(WireRequest::method).containsExactly("POST", "GET");
    }
  }

  @Test
  void onlyTheLatestRequestsAreKept() throws Exception {
    try (WireServer server =
            WireServer.start(
                WireServer.Options.defaults().withRecorded(2),
                (request, reply) -> reply.body("ok"));
        RawClient client = new RawClient(server)) {
      for (String path : new String[] {"/1", "/2", "/3"}) {
        client.send("GET " + path + " HTTP/1.1\r\n\r\n").readTo("ok");
      }
      assertThat(server.requests()).extracting(WireRequest::path).containsExactly("/2", "/3");
    }
  }

  @Test
  void whoExpectsToContinueIsToldSoBeforeSendingTheBody() throws Exception {
    try (WireServer server = WireServer.start((request, reply) -> reply.body(request.body()));
        RawClient client = new RawClient(server)) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.send("body").readTo("body")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aClientThatAsksToCloseGetsItsWish() throws Exception {
    try (WireServer server = WireServer.start((request, reply) -> reply.body("ok"));
        RawClient client = new RawClient(server)) {
      client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(client.readAll()).endsWith("ok");
    }
  }

  @Test
  void tlsIsSpokenWithACertificateForLocalhost() throws Exception {
    try (WireServer server =
        WireServer.start(
            WireServer.Options.defaults().withTls(), (request, reply) -> reply.body("secret"))) {
      HttpClient client = HttpClient.newBuilder().sslContext(LocalhostTls.context()).build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url()))
              .POST(BodyPublishers.ofString("x".repeat(100_000)))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("secret");
      assertThat(server.requests().get(0).body()).hasSize(100_000);
    }
  }

  @Test
  void aHandlerThatFailsAnswers500AndCutsOffWhatHasBegun() throws Exception {
    try (WireServer server =
        WireServer.start(
            (request, reply) -> {
              if (request.path().equals("/begun")) {
                reply.chunked();
              }
              throw new IllegalStateException("on purpose");
            })) {
      try (RawClient client = new RawClient(server)) {
        assertThat(client.get().readAll()).startsWith("HTTP/1.1 500 ").contains("on purpose");
      }
      try (RawClient client = new RawClient(server)) {
        client.send("GET /begun HTTP/1.1\r\n\r\n");
        assertThatIOException().isThrownBy(client::readAll);
      }
    }
  }

  @Test
  void closingEndsEveryConnectionAndFreesThePort() throws Exception {
    WireServer server = WireServer.start((request, reply) -> reply.body("ok"));
    int port = server.port();
    try (RawClient client = new RawClient(server)) {
      client.get().readTo("ok");
      server.close();
      assertThat(client.socket.getInputStream().read()).isNegative();
    }
    assertThatIOException().isThrownBy(() -> new Socket("127.0.0.1", port).close());
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("loopback-" + port));
  }
}
