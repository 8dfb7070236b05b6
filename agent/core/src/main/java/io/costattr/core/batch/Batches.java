package io.costattr.core.batch;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.LineTags;
import io.costattr.core.dialect.BatchJob;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The batch jobs that this JVM has made or looked at: who pays for each, which job a file of
 * results is of, and how much of that file has been told of; and what the lines of the input files
 * said that it has uploaded. The latest {@value #MOST} are kept; what is older is read as if
 * another JVM had made it. Thread-safe.
 */
public final class Batches {
  static final int MOST = 10_000;

  /**
   * A job.
   *
   * @param id the provider's id
   * @param attribution what the application said when it made the job; null when it did not make it
   *     in this JVM
   * @param inputFile the file with its requests; null when the provider does not say
   */
  public record Job(String id, @Nullable Attribution attribution, @Nullable String inputFile) {}

  private final Map<String, Job> jobs = new Latest<>();
  private final Map<String, Job> files = new Latest<>();
  private final Map<String, Integer> told = new Latest<>();
  private final LineTags tags;
  private final InputFiles inputs;

  /** Without what lines say. */
  public Batches() {
    this(LineTags.OWN_NAMES, 0);
  }

  /**
   * @param tags the fields of a line that say who pays for it
   * @param mostBytes memory for what lines say, in bytes; with 0 nothing is read of them
   */
  public Batches(LineTags tags, long mostBytes) {
    this.tags = tags;
    this.inputs = new InputFiles(mostBytes);
  }

  /** A file is being uploaded; null when nothing is wanted of it. */
  public @Nullable Upload upload() {
    return inputs.isWanted() ? new Upload(inputs, tags) : null;
  }

  /** Reads who pays off the lines of results, where they repeat it. */
  public LinePayer payer() {
    return new LinePayer(tags);
  }

  /** What the lines of a job's input file said, by their names; nothing when that is not known. */
  public Map<String, RequestLine> lines(Job job) {
    return job.inputFile() == null ? Map.of() : inputs.lines(job.inputFile());
  }

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
      known = new Job(said.id(), made ? attribution : null, said.inputFile());
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
