package io.costattr.core.price;

import java.io.Serial;

/**
 * A price file cannot be used. The message names the file, the line where there is one, and why.
 */
public final class PriceFileException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  PriceFileException(String file, String reason) {
    super(file + ": " + reason);
  }

  PriceFileException(String file, long line, String reason) {
    super(file + ", line " + line + ": " + reason);
  }
}
