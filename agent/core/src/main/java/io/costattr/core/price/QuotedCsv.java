package io.costattr.core.price;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;

/**
 * Splits CSV that has quoted fields. Apart from {@link CsvLines}, lest FastCSV be loaded for all.
 */
final class QuotedCsv {

  private QuotedCsv() {}

  static void read(String text, CsvLines.Taker taker) throws CsvLines.Unreadable {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.READ)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      for (CsvRecord record : reader) {
        if (record.isComment()) {
          taker.comment(record.getField(0));
        } else if (!taker.fields(
            record.getStartingLineNumber(), record.getFields().toArray(new String[0]))) {
          return;
        }
      }
    } catch (CsvParseException e) {
      Throwable cause = e.getCause();
      throw new CsvLines.Unreadable(
          e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
    } catch (IOException e) {
      throw new CsvLines.Unreadable("cannot be read: " + e.getMessage());
    }
  }
}
