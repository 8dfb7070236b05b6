package io.costattr.core.price;

import io.costattr.core.Log;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The book in the jar. Opening it only finds where the lines of each model stand; they are read
 * when the model is first priced, because a program calls a few of several hundred models. What a
 * file must have for that, and that every line of it is good, a test of the build knows: the lines
 * of a model together, provider, model and aliases in front, no quotation marks.
 */
final class ShippedPrices {
  private static final String RESOURCE = "prices.csv";

  private final String text;
  private final List<Layer.Model> models = new ArrayList<>();
  private final List<Layer.Alias> aliases = new ArrayList<>();
  private String version = RESOURCE;
  private int[] positions = {};
  private int columns;

  private ShippedPrices(String text) {
    this.text = text;
  }

  static PriceBook open() {
    try (InputStream in = ShippedPrices.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      ShippedPrices file = new ShippedPrices(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      file.index();
      return PriceBook.of(file.version, new Layer(file.models, file.aliases));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void index() {
    Block block = null;
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed;
      if (block != null && text.startsWith(block.key, start)) {
        block.end = end;
        alias(block, start);
      } else if (text.charAt(start) == '#') {
        String said = PriceFile.version(text.substring(start + 1, end));
        version = said == null ? version : said;
      } else if (columns == 0) {
        header(text.substring(start, end));
      } else {
        block = block(start, end);
        models.add(block);
        alias(block, start);
      }
      start = end + 1;
    }
  }

  private void header(String line) {
    String[] names = CsvLines.split(line, 0, line.length());
    List<PriceFault> faults = new ArrayList<>();
    int[] known = RowReader.positions(1, names, faults);
    if (known == null) {
      throw new IllegalStateException(RESOURCE + ": " + faults);
    }
    positions = known;
    columns = names.length;
  }

  private Block block(int start, int end) {
    int comma = text.indexOf(',', start);
    int second = text.indexOf(',', comma + 1);
    return new Block(
        text.substring(start, comma),
        text.substring(comma + 1, second),
        text.substring(start, second + 1),
        start,
        end);
  }

  /** Notes the aliases that stand on a line. */
  private void alias(Block block, int line) {
    int from = line + block.key.length();
    while (text.charAt(from) != ',') {
      int comma = text.indexOf(',', from);
      int space = text.indexOf(' ', from);
      int to = space < 0 || space > comma ? comma : space;
      aliases.add(new Layer.Alias(block.provider, text.substring(from, to), block.name));
      from = to == comma ? comma : to + 1;
    }
  }

  /** The lines of one model. */
  private final class Block implements Layer.Model, CsvLines.Taker {
    private final String provider;
    private final String name;
    private final String key;
    private final int start;
    private int end;
    private @Nullable RowReader reader;

    Block(String provider, String name, String key, int start, int end) {
      this.provider = provider;
      this.name = name;
      this.key = key;
      this.start = start;
      this.end = end;
    }

    @Override
    public String provider() {
      return provider;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public synchronized List<PriceRow> rows() {
      List<PriceFault> faults = new ArrayList<>();
      RowReader lines = new RowReader(positions, columns, faults);
      reader = lines;
      CsvLines.readPlain(text.substring(start, end), this);
      reader = null;
      if (!faults.isEmpty()) {
        Log.warn(RESOURCE + ", " + provider + " " + name + ": " + faults);
      }
      List<PriceRow> rows = new ArrayList<>(lines.rows());
      rows.sort(Layer.WINNING_FIRST);
      return rows;
    }

    @Override
    public void comment(String text) {
      // Of no interest: the version is known.
    }

    @Override
    public boolean fields(long line, String[] fields) {
      if (reader != null) {
        reader.read(line, fields);
      }
      return true;
    }
  }
}
