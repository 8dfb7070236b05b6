package io.costattr.core.accounting;

import io.costattr.core.dialect.Besides;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt used: as its provider reported it, else as counted from what passed; and with it
 * the tools of the provider's that ran. What counts tokens is for one thread.
 */
final class Consumption {
  private final @Nullable Estimate estimate;
  private final Containers containers = new Containers();

  /**
   * @param estimate null when nothing is to be estimated
   */
  Consumption(@Nullable Estimate estimate) {
    this.estimate = estimate;
  }

  /** Whether that is known without counting: it was said, or cannot be asked for. */
  static boolean isSaid(Exchange exchange, Transcript said) {
    return said.usage() != null
        || said.chargePicoUsd() != null
        || said.besides().free()
        || !exchange.mayHaveBeenBilled();
  }

  /** Null when nothing is known, or nothing was used. */
  @Nullable Usage of(Exchange exchange, Transcript said, Attempt attempt) {
    return said.usage() != null
        ? reported(said)
        : withTools(said, estimated(exchange, said, attempt));
  }

  /** As reported; null when nothing was. */
  @Nullable Usage reported(Transcript said) {
    return withTools(said, said.usage());
  }

  private @Nullable Usage withTools(Transcript said, @Nullable Usage usage) {
    if (usage == null) {
      // Nor are containers billed with it: a later response that uses one will be.
      return null;
    }
    Besides besides = said.besides();
    if (besides.fees().isEmpty() && besides.containers().isEmpty()) {
      return usage;
    }
    Usage.Builder both = usage.toBuilder().add(besides.fees());
    Meter container = besides.container();
    if (container != null) {
      both.add(container, containers.bill(besides.containers()));
    }
    return both.build();
  }

  private @Nullable Usage estimated(Exchange exchange, Transcript said, Attempt attempt) {
    return estimate != null
            && said.chargePicoUsd() == null
            && !said.besides().free()
            && exchange.mayHaveBeenBilled()
            && canEstimate(exchange, said, attempt)
        ? estimate.usage(exchange, said.interim())
        : null;
  }

  /**
   * Without an answer there is nothing to count, nor in a prompt of which no text was seen (images,
   * numbers of tokens), unless the provider had counted it. Work that goes on elsewhere is not
   * over.
   */
  private static boolean canEstimate(Exchange exchange, Transcript said, Attempt attempt) {
    return attempt.httpStatus() != null
        && !said.pending()
        && exchange.wasReadable()
        && (said.interim() != null || exchange.request().text().bytesSeen() > 0);
  }
}
