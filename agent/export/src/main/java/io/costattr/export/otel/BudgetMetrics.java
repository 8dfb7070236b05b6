package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.budget.BudgetRow;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Unit;
import io.costattr.export.AttributeNames;
import io.costattr.export.MetricNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How budgets stand, and what is said of them. Its counters begin at zero. */
final class BudgetMetrics {
  private static final AttributeKey<String> NAME = stringKey(AttributeNames.BUDGET_NAME);
  private static final AttributeKey<String> VALUE = stringKey(AttributeNames.BUDGET_VALUE);
  private static final AttributeKey<String> UNIT = stringKey(AttributeNames.BUDGET_UNIT);
  private static final AttributeKey<String> ACTION = stringKey(AttributeNames.BUDGET_ACTION);
  private static final AttributeKey<Long> PERCENT = longKey(AttributeNames.BUDGET_PERCENT);
  private static final AttributeKey<Double> LIMIT =
      AttributeKey.doubleKey(AttributeNames.BUDGET_LIMIT);
  private static final AttributeKey<Double> SPENT =
      AttributeKey.doubleKey(AttributeNames.BUDGET_SPENT);
  private static final AttributeKey<String> START = stringKey(AttributeNames.BUDGET_WINDOW_START);
  private static final AttributeKey<String> END = stringKey(AttributeNames.BUDGET_WINDOW_END);
  private static final AttributeKey<String> REASON = stringKey(AttributeNames.BUDGET_REASON);
  private static final AttributeKey<String> STORE = stringKey(AttributeNames.BUDGET_STORE);
  private static final double PICO = 1e12;
  private static final long NONE = -1;

  private BudgetMetrics() {}

  /** Creates the instruments; they have nothing to say where nothing has a budget. */
  static void create(Meter meter) {
    ToLongFunction<BudgetRow> limit = row -> row.limit() == null ? NONE : row.limit();
    gauges(meter, MetricNames.BUDGET_LIMIT, MetricNames.BUDGET_QUOTA_LIMIT, "limit", limit);
    gauges(
        meter,
        MetricNames.BUDGET_SPENT,
        MetricNames.BUDGET_QUOTA_SPENT,
        "spent part",
        BudgetRow::spent);
    gauges(
        meter,
        MetricNames.BUDGET_RESERVED,
        MetricNames.BUDGET_QUOTA_RESERVED,
        "reserved part",
        BudgetRow::reserved);
    meter
        .counterBuilder(MetricNames.BUDGET_REJECTIONS)
        .setUnit("{call}")
        .setDescription("Calls that were blocked.")
        .buildWithCallback(
            counter -> {
              Budgets budgets = Budgets.running();
              if (budgets != null) {
                for (Budgets.Rejections some : budgets.rejections()) {
                  counter.record(
                      some.count(), Attributes.of(NAME, some.budget(), REASON, some.reason().id()));
                }
              }
            });
    meter
        .counterBuilder(MetricNames.BUDGET_RUNAWAYS)
        .setUnit("{site}")
        .setDescription("Call sites that were found to burn the same prompt over and over.")
        .buildWithCallback(
            counter -> {
              Budgets budgets = Budgets.running();
              if (budgets != null && budgets.runaways() != null) {
                counter.record(budgets.runaways().trips());
              }
            });
    meter
        .gaugeBuilder(MetricNames.BUDGET_STORE_UP)
        .ofLongs()
        .setUnit("{store}")
        .setDescription("Whether the store of the budgets answers.")
        .buildWithCallback(
            gauge -> {
              Budgets budgets = Budgets.running();
              if (budgets != null && budgets.any()) {
                gauge.record(budgets.isStoreUp() ? 1 : 0, Attributes.of(STORE, budgets.store()));
              }
            });
  }

  private static void gauges(
      Meter meter, String usd, String quota, String what, ToLongFunction<BudgetRow> amount) {
    meter
        .gaugeBuilder(usd)
        .setUnit("USD")
        .setDescription("The " + what + " of a budget in USD.")
        .buildWithCallback(
            gauge -> {
              for (BudgetRow row : rows(true)) {
                long pico = amount.applyAsLong(row);
                if (pico != NONE) {
                  gauge.record(pico / PICO, of(row));
                }
              }
            });
    meter
        .gaugeBuilder(quota)
        .ofLongs()
        .setUnit("{unit}")
        .setDescription("The " + what + " of a budget in tokens or calls.")
        .buildWithCallback(
            gauge -> {
              for (BudgetRow row : rows(false)) {
                long quantity = amount.applyAsLong(row);
                if (quantity != NONE) {
                  gauge.record(quantity, of(row));
                }
              }
            });
  }

  private static Iterable<BudgetRow> rows(boolean money) {
    Budgets budgets = Budgets.running();
    return () ->
        (budgets == null ? List.<BudgetRow>of() : budgets.standing())
            .stream().filter(row -> (row.unit() == Unit.USD) == money).iterator();
  }

  private static Attributes of(BudgetRow row) {
    AttributesBuilder attributes = Attributes.builder().put(NAME, row.budget());
    attributes.put(UNIT, row.unit().id());
    return withValue(attributes, row.value());
  }

  private static Attributes withValue(AttributesBuilder attributes, @Nullable String value) {
    return value == null ? attributes.build() : attributes.put(VALUE, value).build();
  }

  /** The attributes of the event that a threshold was passed. */
  static Attributes of(BudgetNotice notice) {
    double unit = notice.unit() == Unit.USD ? PICO : 1;
    return withValue(
        Attributes.builder()
            .put(NAME, notice.budget())
            .put(UNIT, notice.unit().id())
            .put(ACTION, notice.action().id())
            .put(PERCENT, (long) notice.percent())
            .put(LIMIT, notice.limit() / unit)
            .put(SPENT, notice.spent() / unit)
            .put(START, notice.from().toString())
            .put(END, notice.until().toString()),
        notice.value());
  }
}
