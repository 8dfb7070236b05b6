package io.costattr.cli;

import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Price books and instants as commands are given them. */
final class Books {
  private Books() {}

  /**
   * The shipped book, with a file laid over it where one is named.
   *
   * @throws Refusal when the file cannot be used
   */
  static PriceBook with(@Nullable Path file) throws Refusal {
    return file == null ? PriceBook.builtIn() : PriceBook.builtIn().overlay(read(file));
  }

  /**
   * A file alone.
   *
   * @throws Refusal when it cannot be used
   */
  static PriceBook read(Path file) throws Refusal {
    try (InputStream in = Files.newInputStream(file)) {
      return PriceBook.read(file.toString(), in);
    } catch (PriceFileException e) {
      throw new Refusal(
          e.getMessage() + "; prices check " + file + " says all that is wrong with it");
    } catch (IOException e) {
      throw new Refusal("cannot read " + file + ": " + e);
    }
  }

  /**
   * The instant that a text names: a day, from 00:00 UTC, or an instant.
   *
   * @throws Refusal when it names neither
   */
  static Instant instant(String text) throws Refusal {
    try {
      return text.indexOf('T') >= 0
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new Refusal("\"" + text + "\" is no day like 2026-11-23, nor 2026-11-23T16:00:00Z");
    }
  }
}
