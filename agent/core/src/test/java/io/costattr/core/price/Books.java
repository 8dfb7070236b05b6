package io.costattr.core.price;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Price files for tests. */
final class Books {
  static final String HEADER = "provider,model,meter,usd,per,effective_from\n";

  private Books() {}

  static PriceBook of(String csv) {
    try {
      return read(csv);
    } catch (PriceFileException e) {
      throw new AssertionError(e);
    }
  }

  static List<PriceFault> check(String csv) {
    return PriceBook.check(
        "prices.csv", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }

  static PriceBook read(String csv) throws PriceFileException {
    return PriceBook.read(
        "prices.csv", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }
}
