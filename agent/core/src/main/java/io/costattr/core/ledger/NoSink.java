package io.costattr.core.ledger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Stands in where no sink could be opened, so that what is lost is counted. */
final class NoSink implements Sink {
  private final LongAdder lost = new LongAdder();

  @Override
  public String name() {
    return "missing sinks";
  }

  @Override
  public long lost() {
    return lost.sum();
  }

  @Override
  public void accept(List<CostEvent> events) {
    lost.add(events.size());
  }

  @Override
  public void flush() {}

  @Override
  public void close(Duration limit) {}
}
