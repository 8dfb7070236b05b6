package io.costattr.core.batch;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.dialect.BatchJob;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The batch jobs that this JVM has made or looked at: who pays for each, which job a file of
 * results is of, and how much of that file has been told of. The latest {@value #MOST} are kept;
 * what is older is read as if another JVM had made it. Thread-safe.
 */
public final class Batches {
  static final int MOST = 10_000;

  /**
   * A job.
   *
   * @param id the provider's id
   * @param attribution what the application said when it made the job; null when it did not make it
   *     in this JVM
   */
  public record Job(String id, @Nullable Attribution attribution) {}

  private final Map<String, Job> jobs = new Latest<>();
  private final Map<String, Job> files = new Latest<>();
  private final Map<String, Integer> told = new Latest<>();

  /**
   * A call about a job is over.
   *
   * @param said what the provider answered; null when the call was about none after all
   * @param made whether the call made the job: whoever made it pays for all its lines
   * @param attribution what the application said about the call
   */
  public synchronized void note(@Nullable BatchJob said, boolean made, Attribution attribution) {
    if (said == null) {
      return;
    }
    Job known = jobs.get(said.id());
    if (known == null) {
      known = new Job(said.id(), made ? attribution : null);
    }
    remember(known, said);
  }

  private void remember(Job job, BatchJob said) {
    jobs.put(job.id(), job);
    if (said.outputFile() != null) {
      files.put(said.outputFile(), job);
    }
    if (said.errorFile() != null) {
      files.put(said.errorFile(), job);
    }
  }

  /** The job that a file has results of, or null when that is not known. */
  public synchronized @Nullable Job of(String file) {
    return files.get(file);
  }

  /**
   * Whether a line of a file has not been told of before: a file may be downloaded again, in part
   * or as a whole.
   *
   * @param line the line's number in the file, from 0
   */
  public synchronized boolean isNew(String file, int line) {
    if (line < told.getOrDefault(file, 0)) {
      return false;
    }
    told.put(file, line + 1);
    return true;
  }

  /** Keeps what was last asked for. */
  private static final class Latest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MOST;
    }
  }
}
