package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.scan.JsonShape.Node;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code multipart/form-data} body (RFC 7578) as it passes and tells a {@link JsonHandler}
 * of its fields as if they were the members of a JSON object: {@code model=gpt-image-2} is the
 * string at {@code model}, {@code n=2} a number, {@code stream=true} a boolean, and {@code image[]}
 * an element of an array. Of a file only the presence is told; its bytes are passed over, unless
 * somebody reads that file.
 *
 * <p>The boundary is what the first line says. A body that begins otherwise, or with a boundary
 * longer than RFC 2046 allows, is {@link #malformed} and ignored. Memory: under 2 KB, whatever the
 * body.
 */
final class FormScanner extends BodyReader {
  /** RFC 2046, section 5.1.1. */
  private static final int MAX_BOUNDARY = 70;

  private static final int FIRST_LINE = 0;
  private static final int HEADERS = 1;
  private static final int CONTENT = 2;
  private static final int BEHIND_DELIMITER = 3;
  private static final int COMPLETE = 4;
  private static final int MALFORMED = 5;

  private final JsonShape shape;
  private final JsonHandler handler;
  private final FormFiles files;
  private final Capture line = new Capture();
  private final Capture value = new Capture();

  private int state = FIRST_LINE;

  /** {@code CR LF - -} and the boundary; CR stands at its beginning only. */
  private byte[] delimiter = {};

  /** How much of the delimiter the last bytes of the content have been. */
  private int matched;

  private boolean afterReturn;
  private byte behind;

  private Node node = Node.UNWANTED;
  private String name = "";
  private boolean isFile;

  /** What reads the file whose content this is; null when nothing does. */
  private @Nullable BodyReader file;

  FormScanner(JsonShape shape, JsonHandler handler, FormFiles files) {
    this.shape = shape;
    this.handler = handler;
    this.files = files;
  }

  /** Whether the closing delimiter has been read. */
  @Override
  public boolean complete() {
    return state == COMPLETE;
  }

  /** Whether this is no form; further bytes are ignored. */
  boolean malformed() {
    return state == MALFORMED;
  }

  @Override
  public void end() {}

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    int i = offset;
    int end = offset + length;
    while (i < end) {
      i =
          switch (state) {
            case FIRST_LINE, HEADERS -> line(bytes, i, end);
            case CONTENT -> content(bytes, i, end);
            case BEHIND_DELIMITER -> behindDelimiter(bytes[i], i + 1);
            default -> end;
          };
    }
  }

  // Lines: the first, and the headers of each part.

  private int line(byte[] bytes, int from, int end) {
    int at = Swar.lineEnd(bytes, from, end);
    if (at > from) {
      line.append(bytes, from, at - from);
      afterReturn = false;
    }
    if (at == end) {
      return end;
    }
    if (bytes[at] == '\n' && afterReturn) {
      afterReturn = false;
      lineEnded();
      line.clear();
    } else {
      afterReturn = bytes[at] == '\r';
    }
    return at + 1;
  }

  private void lineEnded() {
    if (state == FIRST_LINE) {
      boundary();
    } else if (line.length() == 0 && !line.tooLong()) {
      beginContent();
    } else if (!line.tooLong()) {
      FormHeader header = FormHeader.read(new String(line.bytes(), 0, line.length(), UTF_8));
      if (header != null) {
        isFile = header.isFile();
        name = header.name();
        node = wanted(header.name());
      }
    }
  }

  private void boundary() {
    int length = line.length();
    byte[] read = line.bytes();
    if (line.tooLong()
        || length < 3
        || length > MAX_BOUNDARY + 2
        || read[0] != '-'
        || read[1] != '-') {
      state = MALFORMED;
      return;
    }
    delimiter = new byte[length + 2];
    delimiter[0] = '\r';
    delimiter[1] = '\n';
    System.arraycopy(read, 0, delimiter, 2, length);
    beginHeaders();
  }

  private void beginHeaders() {
    state = HEADERS;
    node = Node.UNWANTED;
    isFile = false;
    name = "";
    line.clear();
  }

  /** The names of fields that come more than once end in brackets. */
  private Node wanted(String name) {
    boolean element = name.endsWith("[]");
    byte[] bytes = (element ? name.substring(0, name.length() - 2) : name).getBytes(UTF_8);
    Node member = shape.root.member(bytes, 0, bytes.length);
    if (!element) {
      return member;
    }
    if (member.presence >= 0) {
      handler.present(member.presence);
    }
    return member.element;
  }

  // Content, and the delimiter behind it.

  private void beginContent() {
    state = CONTENT;
    matched = 0;
    value.clear();
    if (node.presence >= 0) {
      handler.present(node.presence);
    }
    file = isFile ? files.open(name) : null;
  }

  private int content(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end) {
      if (matched > 0) {
        if (bytes[i] == delimiter[matched]) {
          i++;
          if (++matched == delimiter.length) {
            endContent();
            state = BEHIND_DELIMITER;
            behind = 0;
            return i;
          }
        } else {
          piece(delimiter, 0, matched);
          matched = 0;
        }
      } else {
        int at = Swar.lineEnd(bytes, i, end);
        while (at < end && bytes[at] != '\r') {
          at = Swar.lineEnd(bytes, at + 1, end);
        }
        piece(bytes, i, at - i);
        if (at < end) {
          matched = 1;
        }
        i = at + 1;
      }
    }
    return end;
  }

  private void piece(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    if (isFile) {
      if (file != null) {
        file.accept(bytes, offset, length);
      }
      return;
    }
    if (node.text >= 0) {
      handler.text(node.text, bytes, offset, length);
    } else if (node.value >= 0) {
      value.append(bytes, offset, length);
    }
  }

  private void endContent() {
    if (file != null) {
      file.end();
      file = null;
    }
    int field = node.value;
    if (isFile || field < 0) {
      return;
    }
    if (value.tooLong()) {
      handler.tooLong(field);
      return;
    }
    String text = new String(value.bytes(), 0, value.length(), UTF_8);
    if (text.equals("true") || text.equals("false")) {
      handler.bool(field, text.equals("true"));
    } else if (value.length() == 0
        || !JsonNumber.report(handler, field, value.bytes(), 0, value.length())) {
      handler.string(field, text);
    }
  }

  /** Two dashes close the form; else the line ends, perhaps after blanks. */
  private int behindDelimiter(byte c, int next) {
    if (c == '-' && behind == '-') {
      state = COMPLETE;
    } else if (c == '\n' && behind == '\r') {
      beginHeaders();
    } else if (c != '-' && c != '\r' && c != ' ' && c != '\t') {
      state = MALFORMED;
    }
    behind = c;
    return next;
  }
}
