package io.costattr.core.price;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rates of one model, of every file that has some. Files are added while a book is built; their
 * rows are read when the model is first priced. From then on thread-safe.
 */
final class ModelRates {
  private final List<Layer.Model> files = new ArrayList<>(1);
  private volatile @Nullable RateTable table;
  private volatile boolean endSaid;

  /** Adds what a file has; those added before win over it. */
  void add(Layer.Model file) {
    files.add(file);
  }

  /** The rows, in order. */
  RateTable table() {
    RateTable known = table;
    return known != null ? known : read();
  }

  private synchronized RateTable read() {
    RateTable known = table;
    if (known == null) {
      known = new RateTable();
      for (Layer.Model file : files) {
        for (PriceRow row : file.rows()) {
          known.add(row);
        }
      }
      table = known;
    }
    return known;
  }

  /** True the first time only: the end of its price is to be said once. */
  boolean endIsUnsaid() {
    if (endSaid) {
      return false;
    }
    endSaid = true;
    return true;
  }
}
