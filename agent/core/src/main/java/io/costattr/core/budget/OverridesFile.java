package io.costattr.core.budget;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Exceptions from a budget's limit that are too many for the configuration file: a CSV file (RFC
 * 4180) of {@code value,limit}, as a billing system exports it. A path that is not absolute is
 * relative to the configuration file.
 */
final class OverridesFile {
  private OverridesFile() {}

  /** The file that is named there. */
  static Path path(YamlTree tree, Node node) throws PolicyFault {
    String name = tree.text(node, "overrides_file");
    try {
      return tree.file().toAbsolutePath().resolveSibling(name);
    } catch (InvalidPathException e) {
      throw tree.fault(node, "overrides_file is \"" + name + "\", which is no path");
    }
  }

  /** Its limits by value, in that unit. */
  static Map<String, Long> read(YamlTree tree, Node node, Unit unit) throws PolicyFault {
    Path path = path(tree, node);
    Map<String, Long> limits = new HashMap<>();
    try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(path)) {
      for (CsvRecord record : records) {
        Long limit = record.getFieldCount() == 2 ? limit(record.getField(1), unit) : null;
        if (limit == null) {
          throw new PolicyFault(
              path
                  + " line "
                  + record.getStartingLineNumber()
                  + ": not a value, a comma and its limit; "
                  + PolicyReader.allowed(unit));
        }
        limits.put(record.getField(0), limit);
      }
    } catch (IOException | CsvParseException e) {
      throw tree.fault(node, "overrides_file " + path + " cannot be read: " + e.getMessage());
    }
    return limits;
  }

  private static @Nullable Long limit(String text, Unit unit) {
    return PolicyReader.override(text.trim(), unit);
  }
}
