package io.costattr.core.price;

import java.io.Serial;
import java.util.List;

/**
 * A price file cannot be used. The message names the file, the line where there is one, and why; of
 * several faults the first.
 */
public final class PriceFileException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  PriceFileException(String file, PriceFault fault) {
    super(file + (fault.line() > 0 ? ", line " + fault.line() : "") + ": " + fault.reason());
  }

  PriceFileException(String file, List<PriceFault> faults) {
    this(file, faults.get(0));
  }
}
