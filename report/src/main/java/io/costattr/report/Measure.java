package io.costattr.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is counted for a group of calls, in the order in which it is shown. */
enum Measure {
  CALLS("calls", "count(*)"),
  FAILED(
      "failed",
      "count(*) FILTER (outcome = 'failed' OR error_code IS NOT NULL OR http_status >= 400)"),
  /** The provider's numbers: input with what was cached, output with reasoning. */
  TOKENS_IN("tokens in", "sum(prompt_tokens)"),
  TOKENS_OUT("tokens out", "sum(completion_tokens)"),
  TOKENS_CACHED("cached", "sum(cached_tokens)"),
  COST_USD("cost USD", "sum(cost_usd)"),
  /** The group's part of the cost of all calls that the report is about. */
  SHARE("share", null),
  /** Calls whose usage is known and whose price is not; their cost is in no sum. */
  UNPRICED("unpriced", "count(*) FILTER (cost_usd IS NULL AND cost_basis = 'unpriced')"),
  /**
   * Calls of which not even the usage is known; their cost is in no sum. What pending work costs
   * stands in the event of its answer.
   */
  UNKNOWN(
      "unknown",
      "count(*) FILTER (cost_usd IS NULL AND coalesce(cost_basis, '') NOT IN"
          + " ('unpriced', 'pending'))"),
  /** An upper estimate of what may have been billed beyond the cost. */
  AT_RISK_USD("at risk USD", "sum(cost_at_risk_usd)");

  private final String title;
  private final @Nullable String sql;

  Measure(String title, @Nullable String sql) {
    this.title = title;
    this.sql = sql;
  }

  /** The name in CSV and JSON and for sorting. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The heading in tables for people. */
  String title() {
    return title;
  }

  /** The aggregate, exact; null for what is derived. */
  @Nullable String sql() {
    return sql == null ? null : "(" + sql + ")::DECIMAL(38," + (isUsd() ? 12 : 0) + ")";
  }

  boolean isUsd() {
    return this == COST_USD || this == AT_RISK_USD;
  }

  /** Shown to people only where there is some of it. */
  boolean isExceptional() {
    return this == UNPRICED || this == UNKNOWN || this == AT_RISK_USD;
  }

  /** The measure of that id, or of a short form of it; null when there is none. */
  static @Nullable Measure of(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    for (Measure measure : values()) {
      if (measure.id().equals(name) || measure.id().equals(name + "_usd")) {
        return measure;
      }
    }
    return null;
  }
}
