package io.costattr.it.accuracy;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.loopback.WireServer;
import io.costattr.loopback.WireSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The program under the agent: makes every call by its provider's host, answered on loopback. */
public final class Replay {
  private static final String NAME = "x-exchange";

  private Replay() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, Exchange> exchanges =
        Exchange.all(Path.of(arguments[0])).stream()
            .collect(Collectors.toMap(Exchange::name, Function.identity()));
    OkHttpClient client =
        new OkHttpClient.Builder()
            .dns(host -> List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})))
            .followRedirects(false)
            .build();
    try (WireServer server =
        WireServer.start(
            (request, reply) -> {
              Exchange exchange = exchanges.get(request.header(NAME));
              if (exchange.isSocket()) {
                converse(exchange, reply.webSocket(request));
                return;
              }
              reply
                  .status(exchange.status())
                  .header("Content-Type", exchange.contentType())
                  .body(exchange.responseBody());
            })) {
      for (Exchange exchange : exchanges.values()) {
        Attribution payer =
            Attribution.builder()
                .feature(exchange.name())
                .route("r")
                .customerId("c")
                .team("t")
                .environment("e")
                .build();
        AttributionContext.call(payer, call(client, exchange, server.port()));
      }
    }
    System.exit(0);
  }

  private static Callable<Void> call(OkHttpClient client, Exchange exchange, int port) {
    return () -> {
      if (exchange.isSocket()) {
        Conversation.hold(client, exchange, NAME, onLoopback(exchange.url(), port));
        return null;
      }
      Request.Builder request =
          new Request.Builder().url(onLoopback(exchange.url(), port)).header(NAME, exchange.name());
      exchange
          .headers()
          .properties()
          .forEach(h -> request.header(h.getKey(), h.getValue().asText()));
      MediaType type =
          MediaType.parse(exchange.headers().path("Content-Type").asText("application/json"));
      request.method(
          exchange.method(),
          exchange.method().equals("GET")
              ? null
              : RequestBody.create(exchange.requestBody(), type));
      read(client, request.build());
      return null;
    };
  }

  private static void converse(Exchange exchange, WireSocket socket) throws IOException {
    for (Exchange.Message message : exchange.messages()) {
      if (message.sent()) {
        socket.receive();
      } else {
        socket.text(message.text());
      }
    }
    socket.close(1000, "over");
    socket.awaitClose();
  }

  private static void read(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      response.body().bytes();
    }
  }

  private static String onLoopback(URI url, int port) {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return "http://" + url.getHost() + ":" + port + url.getRawPath() + query;
  }
}
