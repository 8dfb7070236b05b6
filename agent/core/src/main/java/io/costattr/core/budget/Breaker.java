package io.costattr.core.budget;

import io.costattr.core.Log;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Stops a loop that asks the same over and over: when one call site spends more on one prompt
 * within a minute than it may, its calls with that prompt are blocked, or only reported, for a
 * while. A prompt is known by its keyed fingerprint. Bounded; what does not find room is not
 * watched. Thread-safe.
 */
public final class Breaker {
  private static final int SLOTS = 4_096;
  private static final int TRIES = 8;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  /** Stands for a budget's name. */
  static final String NAME = "runaway";

  private final Settings settings;
  private final OpenReservations open;
  private final Sites sites;
  private final AtomicReferenceArray<@Nullable Burn> burns = new AtomicReferenceArray<>(SLOTS);
  private final LongAdder trips = new LongAdder();
  private final LongAdder rejections = new LongAdder();

  /**
   * When and for how long.
   *
   * @param picoUsd what may be spent in a minute, in pico-USD (1e-12 USD)
   * @param blocks whether calls are blocked; else it is only said that they would be
   * @param duration for how long
   */
  public record Settings(long picoUsd, boolean blocks, Duration duration) {}

  /** What the configuration says; null where it wants none. */
  public static @Nullable Settings of(Config config) {
    String limit = config.text(Key.BUDGET_RUNAWAY_LIMIT);
    Amount amount = limit == null ? null : Amount.of(limit);
    return amount == null
        ? null
        : new Settings(
            amount.value(),
            "block".equals(config.text(Key.BUDGET_RUNAWAY_ACTION)),
            Duration.ofSeconds(config.number(Key.BUDGET_RUNAWAY_SECONDS)));
  }

  Breaker(Settings settings, OpenReservations open, Sites sites) {
    this.settings = settings;
    this.open = open;
    this.sites = sites;
  }

  long limit() {
    return settings.picoUsd();
  }

  long nanos() {
    return settings.duration().toNanos();
  }

  /** What the site of a call spends on its prompt; null when its prompt is not known. */
  @Nullable Burn burn(Prospect call) {
    if (call.prompt() == 0) {
      return null;
    }
    long id = (sites.of(call).id ^ call.prompt()) * PRIME;
    long now = System.nanoTime();
    int start = (int) (id >>> 40) % SLOTS;
    for (int i = 0; i < TRIES; i++) {
      int at = (start + i) % SLOTS;
      Burn known = burns.get(at);
      if (known != null && known.id == id) {
        return known;
      }
      if (known == null || known.isCold(now)) {
        Burn fresh = new Burn(this, id, site(call), now);
        if (burns.compareAndSet(at, known, fresh)) {
          return fresh;
        }
        i--;
      }
    }
    return null;
  }

  private static String site(Prospect call) {
    String site = call.callSite();
    return site == null ? call.who().feature() + " " + call.who().route() : site;
  }

  /** What is said to a call of a site that has burnt too much; null when it goes on. */
  @Nullable Blocked tripped(Burn burn, Prospect call) {
    long now = System.nanoTime();
    if (!settings.blocks() || !burn.isTripped(now)) {
      return null;
    }
    rejections.increment();
    Instant until = call.at().plusNanos(Math.max(0, burn.trippedUntil() - now));
    long spent = burn.sum(now);
    return new Blocked(
        Blocked.Reason.RUNAWAY,
        NAME,
        burn.site(),
        Unit.USD,
        settings.picoUsd(),
        spent,
        0,
        0,
        until,
        "The same prompt from "
            + burn.site()
            + " has cost more than "
            + Amount.text(Unit.USD, settings.picoUsd())
            + " in a minute: it is blocked until "
            + until
            + ". Nothing was sent.");
  }

  /** For a call that concerns no budget. */
  Reservation watched(Burn burn) {
    Reservation reservation = new Reservation(open, 0, new Estimate(), null, 0, burn);
    open.add(reservation, System.nanoTime());
    return reservation;
  }

  void trips(Burn burn, long spent) {
    trips.increment();
    Log.warn(
        "the same prompt from "
            + burn.site()
            + " has cost "
            + Amount.text(Unit.USD, spent)
            + " in a minute, more than the "
            + Amount.text(Unit.USD, settings.picoUsd())
            + " of costattr.budget.runaway: "
            + (settings.blocks() ? "it is blocked for " : "it would be blocked for ")
            + settings.duration().toSeconds()
            + " s");
  }

  /** How often a site was found to run away. */
  public long trips() {
    return trips.sum();
  }

  /** How many calls were blocked. */
  long rejections() {
    return rejections.sum();
  }
}
