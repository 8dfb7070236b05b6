package io.costattr.cli;

import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.price.PriceRow;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded event says of a call, as it is needed to price it again. The lines of its cost
 * are the disjoint quantities that were priced.
 */
final class Recorded {
  private static final Set<String> PRICED = Set.of("reported", "estimated", "unpriced");
  private static final Set<String> INFERENCE = Set.of("chat", "responses", "completions");
  private static final String STAND_IN = "openai_model_name:";

  /** Model and tier in a row's id: behind the provider, before context and meter. */
  private static final Pattern ROW =
      Pattern.compile("[^/]+/(.*)/(standard|batch|flex|priority|ultrafast)/(?:short|long)/.*");

  private final JsonObject event;

  Recorded(JsonObject event) {
    this.event = event;
  }

  /** The model to group by. */
  String model() {
    String model = event.text("model");
    return model == null ? "(no model)" : model;
  }

  @Nullable BigDecimal cost() {
    return event.number("cost_usd");
  }

  boolean isEstimated() {
    return "estimated".equals(event.text("cost_basis"));
  }

  /** Whether it is a call that another chat model could have answered. */
  boolean isInference() {
    String endpoint = event.text("endpoint");
    return endpoint != null && INFERENCE.contains(endpoint);
  }

  /** Whether the line is a notice about a call, which stands in a line of its own. */
  boolean isNotice() {
    String kind = event.text("event");
    return kind != null && kind.endsWith(".prompt_size_warning");
  }

  /**
   * What was used; null where the cost did not come from a price book, or is of no known meter, or
   * where several models have worked for one call.
   */
  @Nullable Usage usage() {
    String basis = event.text("cost_basis");
    List<JsonObject> lines = event.objects("cost_breakdown");
    if (basis == null || !PRICED.contains(basis) || lines.isEmpty()) {
      return null;
    }
    Set<String> models = new HashSet<>();
    Set<String> meters = new HashSet<>();
    Usage.Builder usage = Usage.builder();
    for (JsonObject line : lines) {
      String meter = line.text("meter");
      BigDecimal quantity = line.number("quantity");
      if (meter == null || quantity == null || !meters.add(meter)) {
        return null;
      }
      Matcher row = ROW.matcher(String.valueOf(line.text("row")));
      if (row.matches() && !row.group(1).equals(PriceRow.ANY_MODEL)) {
        models.add(row.group(1));
      }
      if (models.size() > 1) {
        return null;
      }
      try {
        usage.set(Meter.of(meter), quantity.longValueExact());
      } catch (IllegalArgumentException | ArithmeticException e) {
        return null;
      }
    }
    return usage.build();
  }

  /**
   * The call, to be priced by that book; null where its time is not known.
   *
   * @param at the instant whose rates are taken, or null for the call's own
   */
  @Nullable PriceQuery query(PriceBook book, @Nullable Instant at) {
    String provider = event.text("provider");
    Instant instant = at == null ? time() : at;
    if (provider == null || instant == null) {
      return null;
    }
    String rule = event.text("price_rule");
    Matcher row = row();
    boolean regional = rule != null && rule.endsWith("+regional");
    return new PriceQuery(
        provider,
        isOpenAiDialect(book, provider, rule),
        event.text("model"),
        event.text("request_model"),
        row == null ? event.text("service_tier") : row.group(2),
        null,
        instant,
        event.text("server_address"),
        row == null || rule == null || !rule.contains("deployment_model") ? null : row.group(1),
        regional ? "us" : null);
  }

  /** Those that the book does not know are gateways and servers of one's own. */
  private static boolean isOpenAiDialect(PriceBook book, String provider, @Nullable String rule) {
    return provider.equals("azure.ai.openai")
        || !book.providers().contains(provider)
        || (rule != null && rule.startsWith(STAND_IN));
  }

  private @Nullable Instant time() {
    String timestamp = event.text("timestamp");
    try {
      return timestamp == null ? null : Instant.parse(timestamp);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * The first row of the model that was priced: it tells the tier in the book's terms, and which
   * model a deployment was said to be of. Null where none was found then.
   */
  private @Nullable Matcher row() {
    for (JsonObject line : event.objects("cost_breakdown")) {
      Matcher row = ROW.matcher(String.valueOf(line.text("row")));
      if (row.matches() && !row.group(1).equals(PriceRow.ANY_MODEL)) {
        return row;
      }
    }
    return null;
  }
}
