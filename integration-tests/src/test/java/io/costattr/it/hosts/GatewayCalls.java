package io.costattr.it.hosts;

import com.sun.net.httpserver.HttpServer;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** An application and the gateway that it calls, in one JVM. */
final class GatewayCalls {
  private GatewayCalls() {}

  public static void main(String[] arguments) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpServer gateway =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/openai/",
        asked -> {
          String path = asked.getRequestURI().getPath().substring("/openai".length());
          asked.getRequestBody().readAllBytes();
          try {
            HttpResponse<byte[]> answer =
                client.send(HostCalls.question(arguments[0] + path), BodyHandlers.ofByteArray());
            asked.getResponseHeaders().add("Content-Type", "application/json");
            asked.sendResponseHeaders(answer.statusCode(), answer.body().length);
            asked.getResponseBody().write(answer.body());
          } catch (InterruptedException e) {
            asked.sendResponseHeaders(502, -1);
          }
          asked.close();
        });
    gateway.start();
    String base = "http://api.internal.example:" + gateway.getAddress().getPort() + "/openai/v1";
    for (int i = 0; i < 2; i++) {
      try (Scope scope =
          AttributionContext.with(
              Attribution.builder().feature("hosts").customerId("caller-" + i).build())) {
        client.send(HostCalls.question(base + "/chat/completions"), BodyHandlers.ofString());
      }
    }
    gateway.stop(0);
  }
}
