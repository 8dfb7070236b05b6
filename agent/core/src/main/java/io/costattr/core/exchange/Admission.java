package io.costattr.core.exchange;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.budget.Blocked;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Decision;
import io.costattr.core.budget.Degraded;
import io.costattr.core.budget.Prospect;
import io.costattr.core.budget.Reservation;
import io.costattr.core.dialect.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks the budgets about an attempt of which no more is known than where it goes, and keeps what
 * they reserve until the exchange is opened, which is next on the same thread.
 */
final class Admission {
  private static final ThreadLocal<@Nullable Admission> LAST = new ThreadLocal<>();

  private final String path;
  private final Reservation reservation;

  private Admission(String path, Reservation reservation) {
    this.path = path;
    this.reservation = reservation;
  }

  /** Null when the call may go on. */
  static @Nullable Blocked ask(
      Budgets budgets, ResolvedAttribution who, Call call, Route route, String host, String path) {
    take(path).release();
    Decision decision =
        budgets.admit(
            new Prospect(
                who,
                route.provider(),
                route.dialect().hasOpenAiModels(),
                host,
                route.endpoint().id(),
                route.pathModel(),
                null,
                0,
                0,
                Prospect.UNLIMITED,
                null,
                call.callSite(),
                null,
                0,
                Instant.now()));
    if (decision instanceof Blocked blocked) {
      return blocked;
    }
    Reservation reserved =
        decision instanceof Degraded degraded ? degraded.reservation() : (Reservation) decision;
    if (!reserved.isNone()) {
      LAST.set(new Admission(path, reserved));
    }
    return null;
  }

  /** What was reserved last on this thread for a call of that path. */
  static Reservation take(String path) {
    Admission last = LAST.get();
    if (last == null) {
      return Reservation.NONE;
    }
    LAST.remove();
    if (last.path.equals(path)) {
      return last.reservation;
    }
    last.reservation.release();
    return Reservation.NONE;
  }
}
