package io.costattr.core.exchange;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.batch.BatchEntry;
import io.costattr.core.batch.Batches;
import io.costattr.core.batch.LinePayer;
import io.costattr.core.batch.RequestLine;
import io.costattr.core.dialect.BatchDialect;
import io.costattr.core.dialect.BatchResult;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import io.costattr.core.scan.JsonShape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands each line of a batch job's results on as an entry of its own, once. */
final class BatchDownload {
  private final Route route;
  private final BatchDialect dialect;
  private final BatchEntry.Download download;
  private final Exchanges.Takers ledger;
  private final String file;
  private final Batches.@Nullable Job job;
  private final Map<String, RequestLine> requests;
  private final LinePayer payer;
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
    this.payer = ledger.batches().payer();
    this.requests = job == null ? Map.of() : ledger.batches().lines(job);
  }

  /** What is wanted of each line. */
  JsonShape shape() {
    return dialect.resultShape();
  }

  /** Takes the fields of the next line that say who pays for it. */
  LinePayer payer() {
    return payer;
  }

  /** Takes the next line; false when it is none of a batch job's results. */
  boolean take(Reading line) {
    Attribution repeated = payer.take();
    String customId = dialect.customId(line);
    RequestLine request = customId == null ? null : requests.get(customId);
    BatchResult result =
        dialect.result(route, line, request == null ? null : request.pictureModel());
    if (result == null) {
      return false;
    }
    int number = lines++;
    if (ledger.batches().isNew(file, number)) {
      ledger
          .results()
          .accept(new BatchEntry(download, file, number, job, own(repeated, request), result));
    }
    return true;
  }

  /** What the request said itself wins over what the answer repeats of it. */
  private static @Nullable Attribution own(
      @Nullable Attribution repeated, @Nullable RequestLine request) {
    if (request == null) {
      return repeated;
    }
    return repeated == null ? request.attribution() : repeated.overlaid(request.attribution());
  }
}
