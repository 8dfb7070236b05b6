package io.costattr.core.batch;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.dialect.BatchResult;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Endpoint;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.BatchLine;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.ledger.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a batch job's results on its way to the ledger. Immutable.
 *
 * @param download whose connection it was read on
 * @param file the file it stands in
 * @param line which line of it, 0 for the first
 * @param job the job that the file is of; null when that is not known
 * @param own who pays for this line, as far as its request said so; null when it did not, or that
 *     is not known
 * @param result what it says
 */
public record BatchEntry(
    Download download,
    String file,
    int line,
    Batches.@Nullable Job job,
    @Nullable Attribution own,
    BatchResult result) {

  /**
   * The download of a file of results.
   *
   * @param attribution what the application said on the thread that downloads
   */
  public record Download(
      Dialect dialect,
      String provider,
      String host,
      int port,
      String client,
      Instant startedAt,
      Attribution attribution) {}

  /**
   * Who pays: what the line itself says; for the rest who made the job, and where another JVM has,
   * who downloads its results.
   */
  public Attribution attribution() {
    Attribution maker = job == null ? null : job.attribution();
    Attribution whole = maker != null ? maker : download.attribution();
    return own == null ? whole : whole.overlaid(own);
  }

  /** Whether the provider may have billed it: it bills no error. */
  public boolean mayHaveBeenBilled() {
    Integer status = result.httpStatus();
    return status != null && status < 300;
  }

  /**
   * The facts. The id is made of what the provider says, so that every download of a line, in any
   * JVM, gives the same.
   */
  public Attempt attempt() {
    String name = result.id() != null ? result.id() : file + '/' + result.customId();
    Instant created = result.createdAt();
    String id =
        EventId.of(
            created == null ? Instant.EPOCH : created, download.provider() + "/batch/" + name);
    Integer status = result.httpStatus();
    String errorCode = result.said().errorCode();
    if (errorCode == null && status != null && status >= 400) {
      errorCode = Integer.toString(status);
    }
    return new Attempt(
        id,
        id,
        1,
        created == null ? download.startedAt() : created,
        0,
        null,
        download.provider(),
        Endpoint.BATCH.id(),
        result.said().requestModel(),
        result.said().responseModel(),
        null,
        result.said().servedTier(),
        false,
        null,
        null,
        result.said().responseId(),
        result.requestId(),
        status,
        errorCode,
        status == null ? Outcome.FAILED : Outcome.COMPLETED,
        download.host(),
        download.port(),
        download.client(),
        null,
        null,
        new BatchLine(job == null ? null : job.id(), result.customId()),
        null);
  }
}
