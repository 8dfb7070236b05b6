package io.costattr.core.batch;

import io.costattr.core.Log;
import io.costattr.core.config.Key;
import io.costattr.core.scan.JsonScanner;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lines of uploaded batch files whose own attribution is not known any more, or never was: counted,
 * and the reason said once. Thread-safe.
 */
public final class LinesNotKept {
  private static final LongAdder COUNT = new LongAdder();

  private LinesNotKept() {}

  /** How many lines there were. */
  public static long count() {
    return COUNT.sum();
  }

  static void tooMany(int lines, long most) {
    COUNT.add(lines);
    Log.warnOnce(
        "batch:lines",
        "what the lines of uploaded batch files say of who pays takes more than "
            + Key.PREFIX
            + Key.BATCH_LINES_MAX_BYTES.id()
            + " ("
            + most
            + "): lines of the oldest files, and of one larger than that, are counted for who made"
            + " the job");
  }

  static void tooLong() {
    COUNT.increment();
    Log.warnOnce(
        "batch:line:long",
        "a line of an uploaded batch file says who pays in more than "
            + JsonScanner.MAX_STRING
            + " bytes: such a value is not taken");
  }
}
