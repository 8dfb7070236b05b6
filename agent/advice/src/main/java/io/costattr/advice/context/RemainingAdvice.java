package io.costattr.advice.context;

import io.costattr.api.Attribution;
import io.costattr.api.Quota;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.budget.Action;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Unit;
import io.costattr.core.exchange.Exchanges;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At the API's {@code Budgets.remaining}: the answer in its place. */
public final class RemainingAdvice {
  private static final int PICO = 12;

  private RemainingAdvice() {}

  /**
   * @return a list of quotas; null where there are no budgets
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = List.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Attribution attribution) {
    Budgets budgets = attribution == null ? null : Budgets.running();
    if (attribution == null || budgets == null) {
      return null;
    }
    ResolvedAttribution who = Exchanges.resolve(ApiAttribution.of(attribution));
    if (who == null) {
      return null;
    }
    List<Quota> quotas = new ArrayList<>();
    budgets.remaining(who).forEach(quota -> quotas.add(of(quota)));
    return Collections.unmodifiableList(quotas);
  }

  private static Quota of(io.costattr.core.budget.Quota quota) {
    Unit unit = quota.unit();
    return new Quota(
        quota.budget(),
        quota.value(),
        Quota.Unit.valueOf(unit.name()),
        amount(unit, quota.limit()),
        amount(unit, quota.spent()),
        amount(unit, quota.reserved()),
        quota.action() == Action.BLOCK,
        quota.resetsAt());
  }

  private static BigDecimal amount(Unit unit, long quantity) {
    return BigDecimal.valueOf(quantity, unit == Unit.USD ? PICO : 0);
  }
}
