package io.costattr.core.dialect;

import io.costattr.core.scan.BodyReader;
import io.costattr.core.scan.FormFiles;
import io.costattr.core.scan.JsonHandler;
import io.costattr.core.scan.JsonLines;
import io.costattr.core.scan.JsonShape;
import io.costattr.core.scan.SseJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of a batch job while the file with them is uploaded. A file for another
 * purpose is passed over; where the purpose stands behind the file, one whose first line is none of
 * a batch job is left alone after that. Of a line only its name is read, who pays for it, and of
 * one that asks for pictures the model, which no answer tells. Not thread-safe. Source: OpenAI's
 * OpenAPI document.
 */
public final class BatchInput implements FormFiles {
  private static final int CUSTOM_ID = 0;
  private static final int URL = 1;
  private static final int BODY = 2;
  private static final int MODEL = 3;

  private static final JsonShape LINE = line();

  private final Reading form;
  private final Lines lines;
  private @Nullable Content content;

  /** Takes what the lines say, one line after the other. */
  public interface Lines extends PayerFields.Taker {
    /**
     * The line is over.
     *
     * @param customId its name
     * @param pictureModel the model that is to make pictures; null when it is not named, and where
     *     the line asks for something else
     */
    void ended(String customId, @Nullable String pictureModel);

    /** The line is over, and no request: nothing that was told of it counts. */
    void broken();
  }

  private static JsonShape line() {
    JsonShape.Builder shape =
        JsonShape.builder()
            .value("custom_id", CUSTOM_ID)
            .value("url", URL)
            .presence("body", BODY)
            .value("body.model", MODEL);
    PayerFields.ask(shape, "body.");
    return shape.build();
  }

  /**
   * @param form what the form says besides the file
   */
  public BatchInput(Reading form, Lines lines) {
    this.form = form;
    this.lines = lines;
  }

  @Override
  public @Nullable BodyReader open(String name) {
    String purpose = form.string(Field.PURPOSE);
    if (!name.equals("file")
        || content != null
        || (purpose != null && !purpose.equals(BatchDialect.PURPOSE))) {
      return null;
    }
    Content opened = new Content();
    content = opened;
    return opened;
  }

  /** The file's bytes. */
  private final class Content extends BodyReader {
    private final Line line = new Line();
    private final JsonLines reader = new JsonLines(LINE, line, line);

    @Override
    public void accept(byte[] bytes, int offset, int length) {
      if (!line.foreign) {
        reader.accept(bytes, offset, length);
      }
    }

    @Override
    public void end() {
      if (!line.foreign) {
        reader.end();
      }
    }
  }

  /** The line that is being read. */
  private final class Line implements JsonHandler, SseJson.Listener {
    private boolean found;

    /** The file's first line was no request: it is another kind of file. */
    private boolean foreign;

    private final PayerFields payer = new PayerFields(lines);
    private @Nullable String customId;
    private @Nullable String url;
    private @Nullable String model;
    private boolean hasBody;

    @Override
    public void string(int field, String value) {
      switch (field) {
        case CUSTOM_ID -> customId = value;
        case URL -> url = value;
        case MODEL -> model = value;
        default -> payer.string(field, value);
      }
    }

    @Override
    public void key(int field, String name) {
      payer.key(name);
    }

    @Override
    public void present(int field) {
      hasBody = true;
    }

    @Override
    public void tooLong(int field) {
      if (PayerFields.isOne(field)) {
        payer.tooLong(field);
      } else {
        string(field, "");
      }
    }

    @Override
    public void eventEnd(boolean malformedJson) {
      String name = customId;
      boolean isRequest = !foreign && !malformedJson && name != null && hasBody;
      found |= isRequest;
      foreign = !found;
      if (isRequest && name != null && !name.isEmpty()) {
        lines.ended(name, url != null && url.contains("/images/") ? model : null);
      } else {
        lines.broken();
      }
      begin();
    }

    @Override
    public void eventCut(boolean wholeJson) {
      lines.broken();
    }

    private void begin() {
      customId = null;
      url = null;
      model = null;
      hasBody = false;
    }
  }
}
