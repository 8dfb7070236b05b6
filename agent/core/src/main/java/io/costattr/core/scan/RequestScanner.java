package io.costattr.core.scan;

import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request, which is a JSON document or a form: the first byte tells, since a
 * form begins with the dashes of its boundary and no JSON object does. Whoever writes the body need
 * not know its content type.
 */
public final class RequestScanner extends BodyReader {
  private final JsonShape shape;
  private final JsonHandler handler;
  private final FormFiles files;
  private @Nullable BodyReader reader;

  /**
   * @param shape what is wanted; of a form its outermost names
   */
  public RequestScanner(JsonShape shape, JsonHandler handler) {
    this(shape, handler, FormFiles.NONE);
  }

  /**
   * @param shape what is wanted; of a form its outermost names
   * @param files reads the files of a form
   */
  public RequestScanner(JsonShape shape, JsonHandler handler, FormFiles files) {
    this.shape = shape;
    this.handler = handler;
    this.files = files;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    if (length <= 0) {
      return;
    }
    BodyReader chosen = reader;
    if (chosen == null) {
      chosen =
          bytes[offset] == '-'
              ? new FormScanner(shape, handler, files)
              : new JsonScanner(shape, handler);
      reader = chosen;
    }
    chosen.accept(bytes, offset, length);
  }

  @Override
  public void end() {
    if (reader != null) {
      reader.end();
    }
  }

  @Override
  public boolean complete() {
    return reader != null && reader.complete();
  }
}
