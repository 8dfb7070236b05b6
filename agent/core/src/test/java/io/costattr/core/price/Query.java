package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds queries for tests: an ordinary call to OpenAI, but for what is said. */
record Query(
    String provider,
    boolean openAiDialect,
    @Nullable String responseModel,
    @Nullable String requestModel,
    @Nullable String servedTier,
    @Nullable String requestedTier,
    String at,
    @Nullable String host,
    @Nullable String deployed,
    @Nullable String region) {

  Query(
      String provider,
      boolean openAiDialect,
      @Nullable String responseModel,
      @Nullable String requestModel,
      @Nullable String servedTier,
      @Nullable String requestedTier,
      String at,
      @Nullable String host) {
    this(
        provider,
        openAiDialect,
        responseModel,
        requestModel,
        servedTier,
        requestedTier,
        at,
        host,
        null,
        null);
  }

  Query deployed(String model) {
    return new Query(
        provider,
        openAiDialect,
        responseModel,
        requestModel,
        servedTier,
        requestedTier,
        at,
        host,
        model,
        region);
  }

  Query in(String inferenceRegion) {
    return new Query(
        provider,
        openAiDialect,
        responseModel,
        requestModel,
        servedTier,
        requestedTier,
        at,
        host,
        deployed,
        inferenceRegion);
  }

  static Query answeredBy(@Nullable String responseModel) {
    return new Query(
        "openai", true, responseModel, null, null, null, "2026-11-23T12:00:00Z", "api.openai.com");
  }

  Query asked(String model) {
    return new Query(
        provider, openAiDialect, responseModel, model, servedTier, requestedTier, at, host);
  }

  Query of(String provider, boolean openAiDialect) {
    return new Query(
        provider, openAiDialect, responseModel, requestModel, servedTier, requestedTier, at, host);
  }

  Query served(@Nullable String tier) {
    return new Query(
        provider, openAiDialect, responseModel, requestModel, tier, requestedTier, at, host);
  }

  Query requested(String tier) {
    return new Query(
        provider, openAiDialect, responseModel, requestModel, servedTier, tier, at, host);
  }

  Query at(String when) {
    return new Query(
        provider,
        openAiDialect,
        responseModel,
        requestModel,
        servedTier,
        requestedTier,
        when,
        host);
  }

  Query on(@Nullable String server) {
    return new Query(
        provider,
        openAiDialect,
        responseModel,
        requestModel,
        servedTier,
        requestedTier,
        at,
        server);
  }

  Cost price(PriceBook book, String usage) {
    return book.price(build(), usage(usage));
  }

  PriceQuery build() {
    return new PriceQuery(
        provider,
        openAiDialect,
        responseModel,
        requestModel,
        servedTier,
        requestedTier,
        Instant.parse(at),
        host,
        deployed,
        region);
  }

  /** {@code input=81 output=1035}. */
  static Usage usage(String text) {
    Usage.Builder usage = Usage.builder();
    for (String part : text.split(" ")) {
      int equals = part.indexOf('=');
      usage.set(Meter.of(part.substring(0, equals)), Long.parseLong(part.substring(equals + 1)));
    }
    return usage.build();
  }
}
