package io.costattr.benchmarks.transports;

import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;

/** Reactor Netty, as Spring's WebClient uses it. */
final class ReactorNettyTransport implements Transport {
  private final HttpClient client =
      HttpClient.create().headers(headers -> headers.set("Content-Type", "application/json"));

  @Override
  public long post(String url, String body) {
    long start = System.nanoTime();
    long[] first = new long[1];
    client
        .post()
        .uri(url)
        .send(ByteBufMono.fromString(Mono.just(body)))
        .responseContent()
        .doOnNext(
            bytes -> {
              if (first[0] == 0) {
                first[0] = System.nanoTime() - start;
              }
            })
        .blockLast();
    return first[0];
  }
}
