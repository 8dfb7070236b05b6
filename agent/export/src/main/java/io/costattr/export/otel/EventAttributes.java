package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.dialect.Anomaly;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.Guards;
import io.costattr.core.price.Basis;
import io.costattr.core.price.Cost;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import io.costattr.export.AttributeNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An entry as the attributes of its span and of its log event. Immutable. */
final class EventAttributes {
  static final AttributeKey<String> FEATURE = stringKey(AttributeNames.FEATURE);
  static final AttributeKey<String> ROUTE = stringKey(AttributeNames.ROUTE);
  static final AttributeKey<String> CUSTOMER_ID = stringKey(AttributeNames.CUSTOMER_ID);
  static final AttributeKey<String> TEAM = stringKey(AttributeNames.TEAM);
  static final AttributeKey<String> ENVIRONMENT = stringKey(AttributeNames.ENVIRONMENT);
  static final AttributeKey<String> COST_BASIS = stringKey(AttributeNames.COST_BASIS);
  static final AttributeKey<String> ANOMALY = stringKey(AttributeNames.ANOMALY);
  static final AttributeKey<String> OPERATION_NAME = stringKey(AttributeNames.OPERATION_NAME);
  static final AttributeKey<String> PROVIDER_NAME = stringKey(AttributeNames.PROVIDER_NAME);
  static final AttributeKey<String> REQUEST_MODEL = stringKey(AttributeNames.REQUEST_MODEL);
  static final AttributeKey<String> RESPONSE_MODEL = stringKey(AttributeNames.RESPONSE_MODEL);
  static final AttributeKey<String> RESPONSE_TIER = stringKey(AttributeNames.RESPONSE_TIER);
  static final AttributeKey<String> SERVER_ADDRESS = stringKey(AttributeNames.SERVER_ADDRESS);
  static final AttributeKey<Long> SERVER_PORT = longKey(AttributeNames.SERVER_PORT);
  static final AttributeKey<String> ERROR_TYPE = stringKey(AttributeNames.ERROR_TYPE);

  private static final Dimension[] DIMENSIONS = Dimension.values();
  private static final String[] SOURCES =
      Stream.of(DIMENSIONS)
          .map(dimension -> AttributeNames.ATTRIBUTION_SOURCE + dimension.attribute())
          .toArray(String[]::new);
  private static final int MAX_ERROR_TYPE = 100;

  private final boolean conventionalCost;
  private final @Nullable String resourceEnvironment;

  /**
   * @param conventionalCost whether to add the proposed {@code gen_ai.usage.cost.*}
   * @param resourceEnvironment {@code deployment.environment.name} of the resource, or null
   */
  EventAttributes(boolean conventionalCost, @Nullable String resourceEnvironment) {
    this.conventionalCost = conventionalCost;
    this.resourceEnvironment = resourceEnvironment;
  }

  Attributes of(CostEvent event) {
    AttributesBuilder to = Attributes.builder();
    Attempt attempt = event.attempt();
    attribution(to, event.attribution());
    to.put(AttributeNames.EVENT_ID, attempt.eventId());
    to.put(AttributeNames.REQUEST_ID, attempt.requestId());
    to.put(AttributeNames.ATTEMPT, (long) attempt.number());
    to.put(AttributeNames.OUTCOME, attempt.outcome().name().toLowerCase(Locale.ROOT));
    to.put(AttributeNames.CLIENT, attempt.client());
    text(to, AttributeNames.CALL_SITE, attempt.callSite());
    text(to, AttributeNames.DEGRADED, attempt.degraded());
    Attempt.BatchLine batch = attempt.batch();
    if (batch == null) {
      to.put(AttributeNames.DURATION, attempt.latencyNanos() / 1e9);
    } else {
      text(to, AttributeNames.BATCH_JOB_ID, batch.jobId());
      to.put(AttributeNames.BATCH_CUSTOM_ID, batch.customId());
    }
    cost(to, event.cost());
    guards(to, event.guards());
    Anomaly anomaly = event.anomaly();
    if (anomaly != null) {
      to.put(ANOMALY, anomaly.id());
    }
    request(to, attempt);
    response(to, attempt);
    Usage usage = event.usage();
    if (usage != null) {
      usage(to, usage);
    }
    return to.build();
  }

  /** The environment of an entry where it is not the resource's, else null. */
  @Nullable String ownEnvironment(ResolvedAttribution who) {
    return who.environment().equals(resourceEnvironment) ? null : who.environment();
  }

  private void attribution(AttributesBuilder to, ResolvedAttribution who) {
    to.put(FEATURE, who.feature());
    to.put(ROUTE, who.route());
    to.put(CUSTOMER_ID, who.customerId());
    to.put(TEAM, who.team());
    text(to, AttributeNames.ENVIRONMENT, ownEnvironment(who));
    for (Dimension dimension : DIMENSIONS) {
      to.put(SOURCES[dimension.ordinal()], who.sources().of(dimension).id());
    }
    who.tags().forEach((tag, value) -> to.put(AttributeNames.TAG + tag, value));
  }

  private void cost(AttributesBuilder to, Cost cost) {
    to.put(COST_BASIS, cost.basis().id());
    Long pico = cost.picoUsd();
    if (pico != null) {
      to.put(AttributeNames.COST_AMOUNT, Cost.usd(pico).doubleValue());
      to.put(AttributeNames.COST_PICO_USD, pico.longValue());
      to.put(AttributeNames.COST_CURRENCY, "USD");
      if (conventionalCost) {
        to.put(AttributeNames.SEMCONV_COST_AMOUNT, Cost.usd(pico).doubleValue());
        to.put(AttributeNames.SEMCONV_COST_CURRENCY, "USD");
        to.put(
            AttributeNames.SEMCONV_COST_SOURCE,
            cost.basis() == Basis.PROVIDER ? "provider" : "local");
      }
    }
    Long atRisk = cost.atRiskPicoUsd();
    if (atRisk != null) {
      to.put(doubleKey(AttributeNames.COST_AT_RISK), Cost.usd(atRisk).doubleValue());
    }
    text(to, AttributeNames.PRICE_VERSION, cost.version());
    text(to, AttributeNames.PRICE_RULE, cost.rule());
    Set<String> rows = new LinkedHashSet<>();
    for (Cost.Line line : cost.lines()) {
      if (line.row() != null) {
        rows.add(line.row());
      }
    }
    if (!rows.isEmpty()) {
      to.put(stringArrayKey(AttributeNames.PRICE_ROWS), new ArrayList<>(rows));
    }
  }

  private static void guards(AttributesBuilder to, Guards guards) {
    usd(to, AttributeNames.LONG_CONTEXT_SURCHARGE, guards.longContextSurcharge());
    usd(to, AttributeNames.CACHE_SAVINGS, guards.cacheSavings());
    usd(to, AttributeNames.CACHE_PREMIUM, guards.cachePremium());
    usd(to, AttributeNames.BUDGET_COST, guards.budgetCost());
  }

  private static void usd(AttributesBuilder to, String name, @Nullable Long pico) {
    if (pico != null) {
      to.put(name, Cost.usd(pico).doubleValue());
    }
  }

  /** A notice about an entry: who and what, and no money, which the entry has. */
  Attributes ofPromptSize(CostEvent event, long limit) {
    AttributesBuilder to = Attributes.builder();
    Attempt attempt = event.attempt();
    attribution(to, event.attribution());
    to.put(AttributeNames.EVENT_ID, attempt.eventId());
    to.put(AttributeNames.REQUEST_ID, attempt.requestId());
    text(to, AttributeNames.CALL_SITE, attempt.callSite());
    to.put(AttributeNames.PROMPT_LIMIT, limit);
    to.put(OPERATION_NAME, operation(attempt));
    to.put(PROVIDER_NAME, attempt.provider());
    text(to, AttributeNames.REQUEST_MODEL, attempt.requestModel());
    text(to, AttributeNames.RESPONSE_MODEL, attempt.responseModel());
    Usage usage = event.usage();
    if (usage != null) {
      to.put(AttributeNames.INPUT_TOKENS, usage.inputTokens());
    }
    return to.build();
  }

  private static void request(AttributesBuilder to, Attempt attempt) {
    to.put(OPERATION_NAME, operation(attempt));
    to.put(AttributeNames.ENDPOINT, attempt.endpoint());
    to.put(PROVIDER_NAME, attempt.provider());
    text(to, AttributeNames.REQUEST_MODEL, attempt.requestModel());
    text(to, AttributeNames.PROMPT_CACHE_KEY, attempt.promptCacheKey());
    if (attempt.stream()) {
      to.put(AttributeNames.REQUEST_STREAM, true);
    }
    text(to, AttributeNames.REASONING_LEVEL, attempt.reasoningEffort());
    text(to, AttributeNames.API_TYPE, apiType(attempt));
    text(to, AttributeNames.REQUEST_TIER, attempt.requestedTier());
    to.put(SERVER_ADDRESS, attempt.serverAddress());
    to.put(SERVER_PORT, attempt.serverPort());
  }

  private static void response(AttributesBuilder to, Attempt attempt) {
    text(to, AttributeNames.RESPONSE_MODEL, attempt.responseModel());
    text(to, AttributeNames.RESPONSE_ID, attempt.responseId());
    text(to, AttributeNames.RESPONSE_TIER, attempt.servedTier());
    text(to, AttributeNames.ERROR_TYPE, errorType(attempt));
    Integer status = attempt.httpStatus();
    if (status != null) {
      to.put(AttributeNames.HTTP_STATUS, status.longValue());
    }
    Long firstChunk = attempt.timeToFirstChunkNanos();
    if (firstChunk != null) {
      to.put(AttributeNames.TIME_TO_FIRST_CHUNK, firstChunk / 1e9);
    }
  }

  /** The totals have the cached and reasoning tokens in them, as the conventions say. */
  private static void usage(AttributesBuilder to, Usage usage) {
    to.put(AttributeNames.INPUT_TOKENS, usage.inputTokens());
    to.put(AttributeNames.OUTPUT_TOKENS, usage.outputTokens());
    some(to, AttributeNames.CACHE_READ_TOKENS, cacheRead(usage));
    some(to, AttributeNames.CACHE_WRITE_TOKENS, cacheWrite(usage));
    Long reasoning = usage.reported().reasoningTokens();
    some(to, AttributeNames.REASONING_TOKENS, reasoning == null ? 0 : reasoning);
  }

  static long cacheRead(Usage usage) {
    return usage.quantity(Meter.CACHED_INPUT)
        + usage.quantity(Meter.CACHED_AUDIO_INPUT)
        + usage.quantity(Meter.CACHED_IMAGE_INPUT);
  }

  static long cacheWrite(Usage usage) {
    return usage.quantity(Meter.CACHE_WRITE) + usage.quantity(Meter.CACHE_WRITE_LONG);
  }

  /** {@code gen_ai.operation.name}; an endpoint that the conventions do not know is its own. */
  static String operation(Attempt attempt) {
    return switch (attempt.endpoint()) {
      case "chat", "responses", "realtime" -> "chat";
      case "completions" -> "text_completion";
      default -> attempt.endpoint();
    };
  }

  /** {@code error.type}, or null when the attempt did not fail. */
  static @Nullable String errorType(Attempt attempt) {
    String code = attempt.errorCode();
    Integer status = attempt.httpStatus();
    if (code != null) {
      return code.length() > MAX_ERROR_TYPE ? code.substring(0, MAX_ERROR_TYPE) : code;
    }
    if (status != null && status >= 400) {
      return status.toString();
    }
    return attempt.outcome() == Outcome.FAILED ? "_OTHER" : null;
  }

  private static @Nullable String apiType(Attempt attempt) {
    if (!attempt.provider().contains("openai")) {
      return null;
    }
    return switch (attempt.endpoint()) {
      case "chat" -> "chat_completions";
      case "responses" -> "responses";
      default -> null;
    };
  }

  private static void text(AttributesBuilder to, String name, @Nullable String value) {
    if (value != null) {
      to.put(name, value);
    }
  }

  private static void some(AttributesBuilder to, String name, long tokens) {
    if (tokens > 0) {
      to.put(name, tokens);
    }
  }
}
