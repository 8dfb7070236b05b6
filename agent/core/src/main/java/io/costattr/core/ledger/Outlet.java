package io.costattr.core.ledger;

import io.costattr.core.Log;
import io.costattr.core.budget.BudgetNotice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** A sink that cannot hurt the ledger: what it throws is counted, named once and forgotten. */
final class Outlet {
  private final Sink sink;
  private final String name;
  private final LongAdder refused = new LongAdder();

  Outlet(Sink sink) {
    this.sink = sink;
    this.name = sink.name();
  }

  String name() {
    return name;
  }

  /** Entries that this sink was given and lost. Any thread. */
  long lost() {
    return refused.sum() + sink.lost();
  }

  void accept(List<CostEvent> events) {
    try {
      sink.accept(events);
    } catch (Throwable fault) {
      refused.add(events.size());
      failed(fault);
    }
  }

  void notice(BudgetNotice notice) {
    try {
      sink.notice(notice);
    } catch (Throwable fault) {
      failed(fault);
    }
  }

  void flush() {
    try {
      sink.flush();
    } catch (Throwable fault) {
      failed(fault);
    }
  }

  void close(Duration limit) {
    try {
      sink.close(limit);
    } catch (Throwable fault) {
      failed(fault);
    }
  }

  private void failed(Throwable fault) {
    Log.warnOnce(
        "sink:" + name,
        name + " failed (" + fault + "); what it cannot take is lost and counted, others go on");
  }
}
