package io.costattr.export.jsonl;

import io.costattr.core.Log;
import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes entries as JSON lines. They are with the operating system when {@link #accept} returns, so
 * that {@code kill -9} loses no more than what still waits in the ledger.
 */
public final class JsonLinesSink implements Sink {
  private final EventJson json;
  private final EventsFile file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
  private final LongAdder unwritable = new LongAdder();

  JsonLinesSink(EventJson json, EventsFile file) {
    this.json = json;
    this.file = file;
  }

  /**
   * A sink for that file; it is opened with the first entry.
   *
   * @param service the name of this program
   * @param ownSpans whether the agent emits a span for each entry, whose ids the line then has
   */
  public static JsonLinesSink to(Path path, Config config, String service, boolean ownSpans) {
    return new JsonLinesSink(
        new EventJson(service, ownSpans),
        new EventsFile(path, config.number(Key.EVENTS_MAX_BYTES), config.number(Key.EVENTS_KEEP)));
  }

  @Override
  public String name() {
    return "events file";
  }

  @Override
  public long lost() {
    return file.lost() + unwritable.sum();
  }

  @Override
  public void accept(List<CostEvent> events) {
    for (CostEvent event : events) {
      line.reset();
      try {
        json.write(event, line);
        line.write('\n');
        file.add(line.toByteArray());
        warnOfPromptSize(event);
      } catch (IOException | RuntimeException fault) {
        unwritable.increment();
        Log.fault("writing an entry as JSON", fault);
      }
    }
    file.write();
  }

  private void warnOfPromptSize(CostEvent event) throws IOException {
    Long limit = event.guards().promptLimit();
    if (limit != null) {
      line.reset();
      json.writePromptSizeWarning(event, limit, line);
      line.write('\n');
      file.add(line.toByteArray());
    }
  }

  @Override
  public void notice(BudgetNotice notice) throws IOException {
    line.reset();
    json.writeBudgetNotice(notice, line);
    line.write('\n');
    file.add(line.toByteArray());
  }

  @Override
  public void flush() {
    file.write();
  }

  @Override
  public void close(Duration limit) {
    file.close();
  }
}
