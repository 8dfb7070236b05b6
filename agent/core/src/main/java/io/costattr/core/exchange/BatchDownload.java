package io.costattr.core.exchange;

import io.costattr.core.batch.BatchEntry;
import io.costattr.core.batch.Batches;
import io.costattr.core.dialect.BatchDialect;
import io.costattr.core.dialect.BatchResult;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import io.costattr.core.scan.JsonShape;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hands each line of a batch job's results on as an entry of its own, once. */
final class BatchDownload implements Predicate<Reading> {
  private final Route route;
  private final BatchDialect dialect;
  private final BatchEntry.Download download;
  private final Exchanges.Takers ledger;
  private final String file;
  private final Batches.@Nullable Job job;
  private int lines;

  BatchDownload(BatchDialect dialect, Start start, Exchanges.Takers ledger) {
    this.route = start.route();
    this.dialect = dialect;
    this.download =
        new BatchEntry.Download(
            dialect,
            route.provider(),
            start.host(),
            start.port(),
            start.call().client(),
            start.at(),
            start.call().attribution());
    this.ledger = ledger;
    this.file = String.valueOf(route.pathModel());
    this.job = ledger.batches().of(file);
  }

  /** What is wanted of each line. */
  JsonShape shape() {
    return dialect.resultShape();
  }

  /** Takes the next line; false when it is none of a batch job's results. */
  @Override
  public boolean test(Reading line) {
    BatchResult result = dialect.result(route, line);
    if (result == null) {
      return false;
    }
    if (ledger.batches().isNew(file, lines++)) {
      ledger.results().accept(new BatchEntry(download, file, job, result));
    }
    return true;
  }
}
