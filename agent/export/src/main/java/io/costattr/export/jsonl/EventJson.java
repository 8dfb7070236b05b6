package io.costattr.export.jsonl;

import static io.costattr.export.EventField.*;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.budget.Unit;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.EventId;
import io.costattr.core.ledger.Guards;
import io.costattr.core.price.Cost;
import io.costattr.core.usage.Usage;
import io.costattr.export.EventField;
import io.costattr.export.EventNames;
import io.costattr.export.ReasoningShare;
import io.costattr.export.SpanIds;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry as one JSON object: every {@link EventField}, in order, null where it is not known.
 * Money is a plain decimal number, exact to the pico-dollar; never an exponent. Not thread-safe.
 */
final class EventJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  /** RFC 3339, section 5.6, up to the second. */
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What only a notice has. */
  static final String PROMPT_LIMIT = "prompt_limit";

  static final String CALL_EVENT_ID = "call_event_id";

  private static final Dimension[] DIMENSIONS = Dimension.values();
  private static final SerializedString[] NAMES = names();

  private final String service;
  private final boolean ownSpans;
  private long second = Long.MIN_VALUE;
  private String secondText = "";
  private final RepeatedTexts texts = new RepeatedTexts();
  private final PicoUsd usd = new PicoUsd();

  /**
   * @param service the name of this program
   * @param ownSpans whether the agent emits spans, see {@link SpanIds#of}
   */
  EventJson(String service, boolean ownSpans) {
    this.service = service;
    this.ownSpans = ownSpans;
  }

  /** Writes the object, without a line end. */
  void write(CostEvent event, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      who(json, event, ".request", event.attempt().eventId());
      sources(json, event.attribution().sources());
      what(json, event);
      usage(json, event.usage());
      number(json, LATENCY_MS, millis(event.attempt().latencyNanos()));
      number(json, TTFT_MS, millis(event.attempt().timeToFirstChunkNanos()));
      cost(json, event.cost(), event.guards());
      how(json, event);
      json.writeEndObject();
    }
  }

  /**
   * Writes a notice that an entry's prompt is larger than the limit: whose it is and which, and no
   * money, which the entry has. Without a line end.
   */
  void writePromptSizeWarning(CostEvent event, long limit, OutputStream out) throws IOException {
    Attempt attempt = event.attempt();
    Usage usage = event.usage();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      who(json, event, ".prompt_size_warning", EventId.next());
      text(json, PROVIDER, attempt.provider());
      text(json, ENDPOINT, attempt.endpoint());
      text(json, MODEL, event.model());
      number(json, PROMPT_TOKENS, usage == null ? null : usage.inputTokens());
      json.writeNumberField(PROMPT_LIMIT, limit);
      json.writeStringField(CALL_EVENT_ID, attempt.eventId());
      text(json, CALL_SITE, attempt.callSite());
      json.writeEndObject();
    }
  }

  /** Writes that a budget has passed a threshold: no call's, and no money. Without a line end. */
  void writeBudgetNotice(BudgetNotice notice, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      text(json, EVENT, EventNames.BUDGET_THRESHOLD);
      own(json, EVENT_ID, EventId.next());
      own(json, TIMESTAMP, timestamp(notice.at()));
      text(json, EventField.SERVICE, service);
      member(json, "budget", notice.budget());
      member(json, "budget_value", notice.value());
      member(json, "budget_unit", notice.unit().id());
      member(json, "budget_action", notice.action().id());
      json.writeNumberField("percent", notice.percent());
      json.writeFieldName("limit");
      amount(json, notice.unit(), notice.limit());
      json.writeFieldName("spent");
      amount(json, notice.unit(), notice.spent());
      member(json, "window_start", timestamp(notice.from()));
      member(json, "window_end", timestamp(notice.until()));
      json.writeEndObject();
    }
  }

  private static void member(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    json.writeStringField(name, value == null ? null : RepeatedTexts.wellFormed(value));
  }

  private void amount(JsonGenerator json, Unit unit, long quantity) throws IOException {
    if (unit == Unit.USD) {
      usd.write(json, quantity);
    } else {
      json.writeNumber(quantity);
    }
  }

  private void who(JsonGenerator json, CostEvent event, String kind, String id) throws IOException {
    Attempt attempt = event.attempt();
    ResolvedAttribution who = event.attribution();
    text(json, EVENT, attempt.provider() + kind);
    own(json, EVENT_ID, id);
    own(json, REQUEST_ID, attempt.requestId());
    number(json, ATTEMPT, (long) attempt.number());
    own(json, TIMESTAMP, timestamp(attempt.startedAt()));
    text(json, EventField.SERVICE, service);
    text(json, ENVIRONMENT, who.environment());
    text(json, FEATURE, who.feature());
    text(json, ROUTE, who.route());
    text(json, CUSTOMER_ID, who.customerId());
    text(json, TEAM, who.team());
    name(json, TAGS);
    json.writeStartObject();
    for (Map.Entry<String, String> tag : new TreeMap<>(who.tags()).entrySet()) {
      json.writeFieldName(texts.of(tag.getKey()));
      string(json, tag.getValue());
    }
    json.writeEndObject();
  }

  private void sources(JsonGenerator json, Sources sources) throws IOException {
    name(json, ATTRIBUTION_SOURCE);
    json.writeStartObject();
    for (Dimension dimension : DIMENSIONS) {
      json.writeFieldName(texts.of(dimension.id()));
      string(json, sources.of(dimension).id());
    }
    json.writeEndObject();
  }

  /** Always with milliseconds, so that lines sort as text. Most entries share their second. */
  private String timestamp(Instant at) {
    if (at.getEpochSecond() != second) {
      second = at.getEpochSecond();
      secondText = SECOND.format(at);
    }
    int millis = at.get(ChronoField.MILLI_OF_SECOND);
    return secondText + (millis < 10 ? "00" : millis < 100 ? "0" : "") + millis + 'Z';
  }

  private void what(JsonGenerator json, CostEvent event) throws IOException {
    Attempt attempt = event.attempt();
    text(json, PROVIDER, attempt.provider());
    text(json, ENDPOINT, attempt.endpoint());
    text(json, MODEL, event.model());
    text(json, REQUEST_MODEL, attempt.requestModel());
    text(
        json,
        SERVICE_TIER,
        attempt.servedTier() != null ? attempt.servedTier() : attempt.requestedTier());
    name(json, STREAM);
    json.writeBoolean(attempt.stream());
  }

  /** The provider's own numbers; where it sent none, what was counted or estimated instead. */
  private static void usage(JsonGenerator json, @Nullable Usage usage) throws IOException {
    Usage.Reported reported = usage == null ? Usage.Reported.NONE : usage.reported();
    Long prompt = reported.promptTokens();
    Long completion = reported.completionTokens();
    if (usage != null
        && prompt == null
        && completion == null
        && usage.inputTokens() + usage.outputTokens() > 0) {
      prompt = usage.inputTokens();
      completion = usage.outputTokens();
    }
    number(json, PROMPT_TOKENS, prompt);
    number(json, COMPLETION_TOKENS, completion);
    number(json, REASONING_TOKENS, reported.reasoningTokens());
    number(json, CACHED_TOKENS, reported.cachedTokens());
    number(json, CACHE_WRITE_TOKENS, reported.cacheWriteTokens());
    number(json, AUDIO_INPUT_TOKENS, reported.audioInputTokens());
    number(json, AUDIO_OUTPUT_TOKENS, reported.audioOutputTokens());
    number(json, IMAGE_INPUT_TOKENS, reported.imageInputTokens());
    number(json, IMAGE_OUTPUT_TOKENS, reported.imageOutputTokens());
    name(json, REASONING_SHARE);
    decimal(json, ReasoningShare.of(reported));
  }

  private void cost(JsonGenerator json, Cost cost, Guards guards) throws IOException {
    Set<String> rows = new LinkedHashSet<>();
    usd(json, COST_USD, cost.picoUsd());
    name(json, COST_BREAKDOWN);
    json.writeStartArray();
    for (Cost.Line line : cost.lines()) {
      json.writeStartObject();
      json.writeFieldName("meter");
      string(json, line.meter().id());
      json.writeNumberField("quantity", line.quantity());
      json.writeFieldName("usd");
      decimal(json, line.usdPer());
      json.writeNumberField("per", line.per());
      json.writeFieldName("row");
      string(json, line.row());
      json.writeFieldName("cost_usd");
      usd(json, line.picoUsd());
      json.writeEndObject();
      if (line.row() != null) {
        rows.add(line.row());
      }
    }
    json.writeEndArray();
    text(json, COST_BASIS, cost.basis().id());
    usd(json, COST_AT_RISK_USD, cost.atRiskPicoUsd());
    usd(json, LONG_CONTEXT_SURCHARGE_USD, guards.longContextSurcharge());
    usd(json, CACHE_SAVINGS_USD, guards.cacheSavings());
    usd(json, CACHE_PREMIUM_USD, guards.cachePremium());
    usd(json, BUDGET_COST_USD, guards.budgetCost());
    text(json, PRICE_VERSION, cost.version());
    text(json, PRICE_RULE, cost.rule());
    name(json, PRICE_ROWS);
    json.writeStartArray();
    for (String row : rows) {
      string(json, row);
    }
    json.writeEndArray();
  }

  private void how(JsonGenerator json, CostEvent event) throws IOException {
    Attempt attempt = event.attempt();
    SpanIds ids = SpanIds.of(event, ownSpans);
    own(json, PROMPT_CACHE_KEY, attempt.promptCacheKey());
    text(json, REASONING_EFFORT, attempt.reasoningEffort());
    Attempt.BatchLine batch = attempt.batch();
    text(json, BATCH_JOB_ID, batch == null ? null : batch.jobId());
    own(json, BATCH_CUSTOM_ID, batch == null ? null : batch.customId());
    text(json, ANOMALY, event.anomaly() == null ? null : event.anomaly().id());
    text(json, OUTCOME, attempt.outcome().name().toLowerCase(Locale.ROOT));
    text(json, ERROR_CODE, attempt.errorCode());
    number(json, HTTP_STATUS, attempt.httpStatus());
    own(json, RESPONSE_ID, attempt.responseId());
    own(json, PROVIDER_REQUEST_ID, attempt.providerRequestId());
    own(json, TRACE_ID, ids == null ? null : ids.traceId());
    own(json, SPAN_ID, ids == null ? null : ids.spanId());
    text(json, CALL_SITE, attempt.callSite());
    text(json, DEGRADED, attempt.degraded());
    text(json, CLIENT, attempt.client());
    text(json, SERVER_ADDRESS, attempt.serverAddress());
  }

  private static @Nullable Long millis(@Nullable Long nanos) {
    return nanos == null ? null : (nanos + 500_000) / 1_000_000;
  }

  private void usd(JsonGenerator json, EventField field, @Nullable Long pico) throws IOException {
    name(json, field);
    usd(json, pico);
  }

  private void usd(JsonGenerator json, @Nullable Long pico) throws IOException {
    if (pico == null) {
      json.writeNull();
    } else {
      usd.write(json, pico);
    }
  }

  private static void decimal(JsonGenerator json, @Nullable BigDecimal number) throws IOException {
    if (number == null) {
      json.writeNull();
    } else {
      json.writeNumber(number.toPlainString());
    }
  }

  private static void number(JsonGenerator json, EventField field, @Nullable Number number)
      throws IOException {
    name(json, field);
    if (number == null) {
      json.writeNull();
    } else {
      json.writeNumber(number.longValue());
    }
  }

  /** A text that other entries are likely to have as well. */
  private void text(JsonGenerator json, EventField field, @Nullable String text)
      throws IOException {
    name(json, field);
    string(json, text);
  }

  private void string(JsonGenerator json, @Nullable String text) throws IOException {
    if (text == null) {
      json.writeNull();
    } else {
      json.writeString(texts.of(text));
    }
  }

  /** A text that no other entry has. */
  private static void own(JsonGenerator json, EventField field, @Nullable String text)
      throws IOException {
    name(json, field);
    if (text == null) {
      json.writeNull();
    } else {
      json.writeString(RepeatedTexts.wellFormed(text));
    }
  }

  private static void name(JsonGenerator json, EventField field) throws IOException {
    json.writeFieldName(NAMES[field.ordinal()]);
  }

  private static SerializedString[] names() {
    EventField[] fields = EventField.values();
    SerializedString[] names = new SerializedString[fields.length];
    for (EventField field : fields) {
      names[field.ordinal()] = new SerializedString(field.id());
    }
    return names;
  }
}
