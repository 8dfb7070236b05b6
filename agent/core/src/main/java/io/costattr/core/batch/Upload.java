package io.costattr.core.batch;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.LineTags;
import io.costattr.core.dialect.BatchInput;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a file say while it is uploaded. Lines that say nothing take no memory. Of
 * lines with the same name that say different things, none counts. Thread-safe.
 */
public final class Upload implements BatchInput.Lines {
  private final InputFiles files;
  private final LinePayer payer;

  /** By their names. */
  private final Map<String, RequestLine> lines = new HashMap<>();

  /** Many lines say the same. */
  private final Map<RequestLine, RequestLine> distinct = new HashMap<>();

  private long bytes;
  private boolean over;

  Upload(InputFiles files, LineTags tags) {
    this.files = files;
    this.payer = new LinePayer(tags);
  }

  @Override
  public synchronized void field(String name, String value) {
    payer.field(name, value);
  }

  @Override
  public synchronized void tooLong(String name) {
    payer.tooLong(name);
  }

  @Override
  public synchronized void broken() {
    payer.forget();
  }

  @Override
  public synchronized void ended(String customId, @Nullable String pictureModel) {
    Attribution who = payer.take();
    if (over) {
      return;
    }
    if (who == null && pictureModel == null) {
      lines.replace(customId, RequestLine.SILENT);
      return;
    }
    RequestLine line = new RequestLine(who == null ? Attribution.NONE : who, pictureModel);
    RequestLine before = lines.get(customId);
    if (before != null) {
      lines.put(customId, before.equals(line) ? before : RequestLine.SILENT);
      return;
    }
    RequestLine known = distinct.get(line);
    long wanted = Footprint.of(customId) + (known == null ? Footprint.of(line) : 0);
    if (!files.take(wanted)) {
      return;
    }
    bytes += wanted;
    if (known == null) {
      distinct.put(line, line);
      known = line;
    }
    lines.put(customId, known);
  }

  /** The file has arrived, under that id. */
  public synchronized void arrived(String file) {
    if (!over && !lines.isEmpty()) {
      over = true;
      distinct.clear();
      files.keep(file, new InputFiles.Held(lines, bytes));
    } else {
      failed();
    }
  }

  /** It has not arrived, or is none of a batch job: nothing is kept. */
  public synchronized void failed() {
    if (!over) {
      over = true;
      lines.clear();
      distinct.clear();
      files.giveBack(bytes);
    }
  }
}
