package io.costattr.core.price;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Makes a book of a price file, whole or not at all, or says all that is wrong with it. */
final class PriceFile implements CsvLines.Taker {
  private static final int MAX_BYTES = 16 << 20;
  private static final String VERSION = "version:";

  private final List<PriceFault> faults;
  private @Nullable String version;
  private @Nullable RowReader rows;

  private PriceFile(List<PriceFault> faults) {
    this.faults = faults;
  }

  static PriceBook read(String name, InputStream in) throws PriceFileException {
    List<PriceFault> faults = new ArrayList<>();
    PriceBook book = read(name, in, faults);
    if (book == null) {
      throw new PriceFileException(name, faults);
    }
    return book;
  }

  /** Everything that is wrong, in the order of the lines. */
  static List<PriceFault> check(String name, InputStream in) {
    List<PriceFault> faults = new ArrayList<>();
    read(name, in, faults);
    return faults;
  }

  private static @Nullable PriceBook read(String name, InputStream in, List<PriceFault> faults) {
    byte[] bytes = bytes(in, faults);
    String text = bytes == null ? null : text(bytes, faults);
    if (bytes == null || text == null) {
      return null;
    }
    PriceFile file = new PriceFile(faults);
    try {
      CsvLines.read(text.startsWith("\uFEFF") ? text.substring(1) : text, file);
    } catch (CsvLines.Unreadable e) {
      faults.add(new PriceFault(0, String.valueOf(e.getMessage())));
    }
    RowReader rows = file.rows;
    if (rows == null && faults.isEmpty()) {
      faults.add(new PriceFault(0, "empty: the first line must name the columns"));
    }
    if (rows == null || !faults.isEmpty()) {
      return null;
    }
    String version = file.version;
    if (version == null) {
      // Contents without a name get one of their own, so that an event tells which were used.
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      version = name + "#" + Long.toHexString(checksum.getValue());
    }
    return PriceBook.of(version, Layer.of(rows.rows(), rows.aliases()));
  }

  private static byte @Nullable [] bytes(InputStream in, List<PriceFault> faults) {
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return bytes;
      }
      faults.add(new PriceFault(0, "larger than " + MAX_BYTES + " bytes"));
    } catch (IOException e) {
      faults.add(new PriceFault(0, "cannot be read: " + e.getMessage()));
    }
    return null;
  }

  private static @Nullable String text(byte[] bytes, List<PriceFault> faults) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    faults.add(new PriceFault(0, "not UTF-8 text"));
    return null;
  }

  @Override
  public void comment(String text) {
    String said = version(text);
    if (version == null && said != null) {
      version = said;
    }
  }

  /** The version that a comment names, or null. */
  static @Nullable String version(String comment) {
    String said = comment.trim();
    return said.startsWith(VERSION) && said.length() > VERSION.length()
        ? said.substring(VERSION.length()).trim()
        : null;
  }

  @Override
  public boolean fields(long number, String[] fields) {
    if (rows == null) {
      int[] positions = RowReader.positions(number, fields, faults);
      if (positions == null) {
        return false;
      }
      rows = new RowReader(positions, fields.length, faults);
    } else {
      rows.read(number, fields);
    }
    return true;
  }
}
