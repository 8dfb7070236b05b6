package io.costattr.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.price.Cost;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One exchange with a provider: a response as it comes over the wire ({@code NAME.json}, {@code
 * .sse} or {@code .ndjson}), and beside it {@code NAME.yaml} with the call and what is to be made
 * of it.
 *
 * @param folder the provider that it is kept under
 * @param name what it shows
 * @param response the body of the response
 * @param contentType the response's
 * @param sheet {@code NAME.yaml}
 */
record Fixture(
    String folder, String name, byte[] response, String contentType, Map<String, Object> sheet) {

  private static final Path ROOT = Path.of("src/test/resources/io/costattr/core/dialect");

  /** What the fixtures' sheets configure: rules and deployments. */
  private static final Routes ROUTES =
      new Routes(
          Map.of(
              "localhost:8000", "vllm",
              "localhost:8080", "llama_cpp",
              "https://api.internal.example/openai", "openai"),
          Map.of("support-bot", "gpt-4.1-mini"));

  static List<String> folders() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  static List<Fixture> all() throws IOException {
    List<Fixture> all = new ArrayList<>();
    for (String folder : folders()) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        for (Path file : files.sorted().toList()) {
          if (!file.toString().endsWith(".yaml")) {
            all.add(read(folder, file));
          }
        }
      }
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Fixture read(String folder, Path file) throws IOException {
    String fileName = file.getFileName().toString();
    int dot = fileName.lastIndexOf('.');
    String name = fileName.substring(0, dot);
    String contentType =
        switch (fileName.substring(dot)) {
          case ".json" -> "application/json; charset=utf-8";
          case ".sse" -> "text/event-stream; charset=utf-8";
          case ".ndjson" -> "application/x-ndjson";
          case ".txt" -> "text/plain; charset=utf-8";
          case ".mp3" -> "audio/mpeg";
          default -> throw new IllegalStateException(file + ": no such kind of response");
        };
    String sheet = Files.readString(file.resolveSibling(name + ".yaml"));
    return new Fixture(
        folder,
        name,
        Files.readAllBytes(file),
        contentType,
        (Map<String, Object>)
            new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(sheet));
  }

  /** The same call with another response. */
  Fixture withResponse(byte[] other) {
    return new Fixture(folder, name, other, contentType, sheet);
  }

  /** What is to be made of it; numbers as text. */
  Map<String, Object> expected() {
    return text((Map<?, ?>) Objects.requireNonNull(sheet.get("expect")));
  }

  private static Map<String, Object> text(Map<?, ?> map) {
    Map<String, Object> text = new LinkedHashMap<>();
    map.forEach(
        (key, value) ->
            text.put(
                String.valueOf(key),
                value instanceof Map<?, ?> nested ? text(nested) : String.valueOf(value)));
    return text;
  }

  /** Shows a body to an observer, in one way or another. */
  @FunctionalInterface
  interface Feeding {
    void feed(ObservedBody to, byte[] body);
  }

  /** The exchange, when it is over. */
  Exchange exchange(Feeding feeding) {
    String[] call = Objects.requireNonNull(sheet.get("call")).toString().split(" ");
    URI to = URI.create(call[1]);
    int port = to.getPort() >= 0 ? to.getPort() : to.getScheme().equals("https") ? 443 : 80;
    Exchanges.start(ROUTES, over -> {}, Defaults.of(Attribution.NONE));
    Exchange exchange = Exchanges.open("test", call[0], to.getHost(), port, to.getPath(), null);
    Exchanges.stop();
    if (exchange == null) {
      throw new IllegalStateException("no route for " + to);
    }
    ObservedBody request = exchange.requestBody(null);
    feeding.feed(request, Objects.requireNonNull(sheet.get("request")).toString().getBytes(UTF_8));
    request.ended();
    Object status = sheet.getOrDefault("status", 200);
    ObservedBody body =
        exchange.response(
            Integer.parseInt(status.toString()),
            header -> header.equals("content-type") ? contentType : null);
    feeding.feed(body, response);
    if ("cut".equals(sheet.get("end"))) {
      body.closed();
    } else {
      body.ended();
    }
    return exchange;
  }

  /** What was made of it, in the words of the sheet: what is null is left out. */
  Map<String, Object> made(Exchange exchange) {
    Transcript said = exchange.transcript();
    Attempt attempt = exchange.attempt(said);
    Map<String, Object> made = new LinkedHashMap<>();
    put(made, "provider", attempt.provider());
    put(made, "endpoint", attempt.endpoint());
    put(made, "stream", attempt.stream() ? true : null);
    put(made, "known", exchange.route().known() ? null : exchange.isModelCall());
    put(made, "request_model", said.requestModel());
    put(made, "response_model", said.responseModel());
    put(made, "deployment_model", said.deploymentModel());
    put(made, "requested_tier", said.requestedTier());
    put(made, "served_tier", said.servedTier());
    String billed = said.servedTier() == null ? said.requestedTier() : said.servedTier();
    put(made, "billed_tier", billed == null ? null : exchange.route().dialect().tier(billed));
    put(made, "reasoning_effort", said.reasoningEffort());
    put(made, "region", said.inferenceRegion());
    put(made, "response_id", said.responseId());
    put(made, "error", attempt.errorCode());
    put(made, "usage", said.usage() == null ? null : buckets(said.usage()));
    put(made, "interim", said.interim() == null ? null : buckets(said.interim()));
    Usage usage = said.usage();
    put(made, "reported", usage == null ? null : reported(usage.reported()));
    Long charge = said.chargePicoUsd();
    put(made, "charge_usd", charge == null ? null : Cost.usd(charge).toPlainString());
    put(made, "anomaly", said.anomaly() == null ? null : said.anomaly().id());
    put(made, "pending", said.pending() ? true : null);
    besides(made, said.besides());
    put(made, "answer_bytes", said.usage() == null ? exchange.response().text().bytesSeen() : null);
    return made;
  }

  private static void besides(Map<String, Object> made, Besides besides) {
    put(made, "free", besides.free() ? true : null);
    put(made, "fees", besides.fees().isEmpty() ? null : buckets(besides.fees()));
    Map<String, Object> others = new LinkedHashMap<>();
    for (Besides.Other other : besides.others()) {
      others.put(String.valueOf(other.model()), buckets(other.usage()));
    }
    put(made, "others", others.isEmpty() ? null : others);
    if (!besides.containers().isEmpty()) {
      put(made, "containers", String.join(" ", besides.containers()));
      Meter meter = besides.container();
      put(made, "container", meter == null ? "of no known size" : meter.id());
    }
    put(made, "most", besides.asked() == null ? null : buckets(besides.asked()));
    put(made, "most_output", besides.outputLimit());
  }

  private static Map<String, Object> buckets(Usage usage) {
    Map<String, Object> buckets = new LinkedHashMap<>();
    for (Meter meter : Meter.values()) {
      put(buckets, meter.id(), usage.quantity(meter) == 0 ? null : usage.quantity(meter));
    }
    return buckets;
  }

  private static Map<String, Object> reported(Usage.Reported reported) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    put(numbers, "prompt", reported.promptTokens());
    put(numbers, "completion", reported.completionTokens());
    put(numbers, "reasoning", reported.reasoningTokens());
    put(numbers, "cached", reported.cachedTokens());
    put(numbers, "cache_write", reported.cacheWriteTokens());
    return numbers;
  }

  private static void put(Map<String, Object> to, String key, @Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      to.put(key, value);
    } else if (value != null) {
      to.put(key, String.valueOf(value));
    }
  }

  @Override
  public String toString() {
    return folder + "/" + name;
  }
}
