package io.costattr.core.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.exchange.JsonShape.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document (RFC 8259) as it passes and tells a {@link JsonHandler} what stands at
 * the paths of a {@link JsonShape}. There is no tree and no allocation per token; a string is built
 * only where a wanted path has matched. What is unwanted is skipped with no state but its brackets,
 * and is therefore not checked: this is a reader of documents, not a validator.
 *
 * <p>A document that breaks the grammar where it is looked at, or is nested deeper than {@link
 * #MAX_DEPTH}, makes the scanner {@link #malformed} and deaf until {@link #reset}. A document that
 * is cut anywhere is merely not {@link #complete}.
 *
 * <p>Budget: 0.5 ns a byte in strings and number arrays that are skipped, 3 ns a byte in dense
 * wanted structure. Memory: under 2 KB, whatever the document.
 */
public final class JsonScanner extends BodyReader {
  /** Containers that may be open at once; deeper documents are malformed. */
  public static final int MAX_DEPTH = 512;

  /** Bytes of UTF-8 that a wanted string, number or name may have. */
  public static final int MAX_STRING = 512;

  private static final int START = 0;
  private static final int BYTE_ORDER_MARK = 1;
  private static final int VALUE = 2;
  private static final int FIRST_ELEMENT = 3;
  private static final int KEY = 4;
  private static final int FIRST_KEY = 5;
  private static final int COLON = 6;
  private static final int AFTER_VALUE = 7;
  private static final int STRING = 8;
  private static final int SKIPPED_STRING = 9;
  private static final int SKIPPED_ESCAPE = 10;
  private static final int SKIPPED_CONTAINER = 11;
  private static final int NUMBER = 12;
  private static final int SKIPPED_NUMBER = 13;
  private static final int LITERAL = 14;
  private static final int COMPLETE = 15;
  private static final int MALFORMED = 16;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int NOT_SKIPPING = Integer.MAX_VALUE;

  private final JsonShape shape;
  private final JsonHandler handler;

  /** What is wanted of the value that comes next, or has begun. */
  private Node node;

  /** What is wanted of the open containers; the outermost is at 1. */
  private final Node[] open;

  /** One bit for each open container, set for an object. */
  private final long[] objects = new long[MAX_DEPTH / 64 + 1];

  private final Capture capture = new Capture();
  private final JsonEscape escape = new JsonEscape();

  private int state = START;
  private int depth;

  /** The depth to which an unwanted container must close. */
  private int skipTo = NOT_SKIPPING;

  private boolean complete;
  private boolean nameString;
  private byte[] literal = TRUE;
  private int matched;

  /** The last string of each value path: streams repeat ids and models in every event. */
  private String @Nullable [] lastStrings;

  private boolean reused;

  public JsonScanner(JsonShape shape, JsonHandler handler) {
    this.shape = shape;
    this.handler = handler;
    node = shape.root;
    open = new Node[shape.depth + 1];
    Arrays.fill(open, Node.UNWANTED);
  }

  /** Whether the outermost value has been closed. */
  public boolean complete() {
    return complete;
  }

  /** Whether something was met that no JSON document has; further bytes are ignored. */
  public boolean malformed() {
    return state == MALFORMED;
  }

  /** Makes ready for another document. */
  public void reset() {
    node = shape.root;
    state = START;
    depth = 0;
    skipTo = NOT_SKIPPING;
    complete = false;
    reused = true;
  }

  @Override
  public void end() {
    // A number has no end of its own: as the whole document it ends here.
    if (depth == 0 && state == NUMBER) {
      finishNumber(capture.bytes(), 0, capture.length(), capture.tooLong());
    } else if (depth == 0 && state == SKIPPED_NUMBER) {
      afterValue();
    }
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    int i = offset;
    int end = offset + length;
    while (i < end) {
      i =
          switch (state) {
            case START -> start(bytes, i);
            case BYTE_ORDER_MARK -> byteOrderMark(bytes, i);
            case VALUE, FIRST_ELEMENT -> value(bytes, i, end);
            case KEY, FIRST_KEY -> key(bytes, i, end);
            case COLON -> colon(bytes, i);
            case AFTER_VALUE -> separator(bytes, i);
            case STRING -> string(bytes, i, end);
            case SKIPPED_STRING -> skipString(bytes, i, end);
            case SKIPPED_ESCAPE -> skipEscape(i);
            case SKIPPED_CONTAINER -> skipContainer(bytes, i, end);
            case NUMBER -> number(bytes, i, end);
            case SKIPPED_NUMBER -> skipNumber(bytes, i, end);
            case LITERAL -> literal(bytes, i, end);
            case COMPLETE -> isSpace(bytes[i]) ? i + 1 : malformed(end);
            default -> end;
          };
    }
  }

  private int start(byte[] bytes, int i) {
    if (bytes[i] == MARK[0]) {
      state = BYTE_ORDER_MARK;
      matched = 1;
      return i + 1;
    }
    state = VALUE;
    return i;
  }

  private int byteOrderMark(byte[] bytes, int i) {
    if (bytes[i] != MARK[matched]) {
      return malformed(i);
    }
    if (++matched == MARK.length) {
      state = VALUE;
    }
    return i + 1;
  }

  private int value(byte[] bytes, int i, int end) {
    byte c = bytes[i];
    switch (c) {
      case ' ', '\n', '\r', '\t' -> {
        return skipSpace(bytes, i + 1, end);
      }
      case '"' -> {
        present();
        return stringValue(bytes, i + 1, end);
      }
      case '{' -> {
        present();
        return enter(true, i + 1);
      }
      case '[' -> {
        present();
        return enter(false, i + 1);
      }
      case ']' -> {
        return state == FIRST_ELEMENT ? leave(i + 1) : malformed(i);
      }
      case 't' -> {
        return beginLiteral(TRUE, bytes, i, end);
      }
      case 'f' -> {
        return beginLiteral(FALSE, bytes, i, end);
      }
      case 'n' -> {
        return beginLiteral(NULL, bytes, i, end);
      }
      default -> {
        if (c != '-' && (c < '0' || c > '9')) {
          return malformed(i);
        }
        present();
        if (node.value < 0) {
          state = SKIPPED_NUMBER;
          return skipNumber(bytes, i, end);
        }
        capture.clear();
        state = NUMBER;
        return number(bytes, i, end);
      }
    }
  }

  private void present() {
    if (node.presence >= 0) {
      handler.present(node.presence);
    }
  }

  // ---- containers

  private int enter(boolean object, int next) {
    if (depth == MAX_DEPTH) {
      return malformed(next);
    }
    push(object);
    if (object ? node.intoObject : node.intoArray) {
      open[depth] = node;
      if (object) {
        state = FIRST_KEY;
      } else {
        node = node.element;
        state = FIRST_ELEMENT;
      }
    } else {
      skipTo = depth - 1;
      state = SKIPPED_CONTAINER;
    }
    return next;
  }

  private void push(boolean object) {
    depth++;
    long bit = 1L << depth;
    if (object) {
      objects[depth >> 6] |= bit;
    } else {
      objects[depth >> 6] &= ~bit;
    }
  }

  private boolean inObject() {
    return (objects[depth >> 6] & 1L << depth) != 0;
  }

  private int leave(int next) {
    int closed = open[depth].close;
    depth--;
    if (closed >= 0) {
      handler.closed(closed);
    }
    afterValue();
    return next;
  }

  private void afterValue() {
    if (depth == 0) {
      complete = true;
      state = COMPLETE;
    } else {
      state = AFTER_VALUE;
    }
  }

  private int separator(byte[] bytes, int i) {
    switch (bytes[i]) {
      case ',' -> {
        if (inObject()) {
          state = KEY;
        } else {
          node = open[depth].element;
          state = VALUE;
        }
        return i + 1;
      }
      case '}' -> {
        return inObject() ? leave(i + 1) : malformed(i);
      }
      case ']' -> {
        return inObject() ? malformed(i) : leave(i + 1);
      }
      default -> {
        return isSpace(bytes[i]) ? i + 1 : malformed(i);
      }
    }
  }

  private int skipContainer(byte[] bytes, int from, int end) {
    int i = from;
    while (true) {
      i = Swar.structural(bytes, i, end);
      if (i == end) {
        return end;
      }
      byte c = bytes[i++];
      switch (c) {
        case '"' -> {
          i = skipString(bytes, i, end);
          if (state != SKIPPED_CONTAINER) {
            return i;
          }
        }
        case '{', '[' -> {
          if (depth == MAX_DEPTH) {
            return malformed(end);
          }
          push(c == '{');
        }
        case '}', ']' -> {
          if (inObject() != (c == '}')) {
            return malformed(end);
          }
          depth--;
          if (depth == skipTo) {
            skipTo = NOT_SKIPPING;
            afterValue();
            return i;
          }
        }
        default -> {}
      }
    }
  }

  // ---- names and strings

  private int key(byte[] bytes, int i, int end) {
    byte c = bytes[i];
    if (c == '"') {
      int from = i + 1;
      int close = Swar.quoteOrBackslash(bytes, from, end);
      if (close < end && bytes[close] == '"') {
        named(bytes, from, close - from);
        return close + 1;
      }
      return beginString(true, bytes, from, end);
    }
    if (c == '}' && state == FIRST_KEY) {
      return leave(i + 1);
    }
    return isSpace(c) ? skipSpace(bytes, i + 1, end) : malformed(i);
  }

  private void named(byte[] bytes, int offset, int length) {
    Node container = open[depth];
    if (length > MAX_STRING) {
      nameTooLong(container);
      return;
    }
    if (container.keys >= 0) {
      handler.key(container.keys, new String(bytes, offset, length, UTF_8));
    }
    node = container.member(bytes, offset, length);
    state = COLON;
  }

  private void nameTooLong(Node container) {
    if (container.keys >= 0) {
      handler.tooLong(container.keys);
    }
    node = Node.UNWANTED;
    state = COLON;
  }

  private int colon(byte[] bytes, int i) {
    if (bytes[i] == ':') {
      state = VALUE;
      return i + 1;
    }
    return isSpace(bytes[i]) ? i + 1 : malformed(i);
  }

  private int stringValue(byte[] bytes, int from, int end) {
    if (node.value >= 0) {
      int close = Swar.quoteOrBackslash(bytes, from, end);
      if (close < end && bytes[close] == '"') {
        finishValue(bytes, from, close - from, close - from > MAX_STRING);
        return close + 1;
      }
      return beginString(false, bytes, from, end);
    }
    if (node.text >= 0) {
      return beginString(false, bytes, from, end);
    }
    state = SKIPPED_STRING;
    return skipString(bytes, from, end);
  }

  private int beginString(boolean name, byte[] bytes, int from, int end) {
    nameString = name;
    capture.clear();
    escape.clear();
    state = STRING;
    return string(bytes, from, end);
  }

  private int string(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end) {
      if (escape.open()) {
        int length = escape.accept(bytes[i++]);
        if (length < 0) {
          return malformed(end);
        }
        content(escape.decoded, 0, length);
        continue;
      }
      int run = i;
      i = Swar.quoteOrBackslash(bytes, i, end);
      boolean escaped = i < end && bytes[i] == '\\';
      if (escape.pending() && !(escaped && i == run)) {
        content(escape.decoded, 0, escape.settle());
      }
      content(bytes, run, i - run);
      if (i == end) {
        return i;
      }
      i++;
      if (!escaped) {
        finishString();
        return i;
      }
      escape.begin();
    }
    return i;
  }

  private void content(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    if (!nameString && node.text >= 0) {
      handler.text(node.text, bytes, offset, length);
    } else {
      capture.append(bytes, offset, length);
    }
  }

  private void finishString() {
    if (!nameString) {
      finishValue(capture.bytes(), 0, capture.length(), capture.tooLong());
    } else if (capture.tooLong()) {
      nameTooLong(open[depth]);
    } else {
      named(capture.bytes(), 0, capture.length());
    }
  }

  private void finishValue(byte[] bytes, int offset, int length, boolean tooLong) {
    if (node.value >= 0) {
      if (tooLong) {
        handler.tooLong(node.value);
      } else {
        handler.string(node.value, text(bytes, offset, length));
      }
    }
    afterValue();
  }

  private String text(byte[] bytes, int offset, int length) {
    if (!reused) {
      return new String(bytes, offset, length, UTF_8);
    }
    if (lastStrings == null) {
      lastStrings = new String[shape.values];
      Arrays.fill(lastStrings, "");
    }
    String last = lastStrings[node.valueIndex];
    if (same(last, bytes, offset, length)) {
      return last;
    }
    String text = new String(bytes, offset, length, UTF_8);
    lastStrings[node.valueIndex] = text;
    return text;
  }

  /** Holds for ASCII only: other bytes are negative and no character is. */
  private static boolean same(String text, byte[] bytes, int offset, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != bytes[offset + i]) {
        return false;
      }
    }
    return true;
  }

  private int skipString(byte[] bytes, int from, int end) {
    int i = from;
    while (true) {
      i = Swar.quoteOrBackslash(bytes, i, end);
      if (i == end) {
        state = SKIPPED_STRING;
        return end;
      }
      if (bytes[i] == '"') {
        stringSkipped();
        return i + 1;
      }
      i += 2;
      if (i > end) {
        state = SKIPPED_ESCAPE;
        return end;
      }
    }
  }

  private int skipEscape(int i) {
    state = SKIPPED_STRING;
    return i + 1;
  }

  private void stringSkipped() {
    if (skipTo == NOT_SKIPPING) {
      afterValue();
    } else {
      state = SKIPPED_CONTAINER;
    }
  }

  // ---- numbers and literals

  private int number(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && JsonNumber.isPart(bytes[i])) {
      i++;
    }
    if (i == end || capture.length() > 0 || capture.tooLong()) {
      capture.append(bytes, from, i - from);
      if (i < end) {
        finishNumber(capture.bytes(), 0, capture.length(), capture.tooLong());
      }
    } else {
      finishNumber(bytes, from, i - from, i - from > MAX_STRING);
    }
    return i;
  }

  private void finishNumber(byte[] bytes, int offset, int length, boolean tooLong) {
    int field = node.value;
    if (tooLong) {
      handler.tooLong(field);
    } else if (!JsonNumber.report(handler, field, bytes, offset, length)) {
      state = MALFORMED;
      return;
    }
    afterValue();
  }

  private int skipNumber(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && JsonNumber.isPart(bytes[i])) {
      i++;
    }
    if (i < end) {
      afterValue();
    }
    return i;
  }

  private int beginLiteral(byte[] expected, byte[] bytes, int i, int end) {
    literal = expected;
    matched = 0;
    state = LITERAL;
    return literal(bytes, i, end);
  }

  private int literal(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && matched < literal.length) {
      if (bytes[i] != literal[matched]) {
        return malformed(end);
      }
      i++;
      matched++;
    }
    if (matched == literal.length) {
      if (literal != NULL) {
        present();
      }
      if (node.value >= 0) {
        if (literal == NULL) {
          handler.nul(node.value);
        } else {
          handler.bool(node.value, literal == TRUE);
        }
      }
      afterValue();
    }
    return i;
  }

  // ---- the rest

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static int skipSpace(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && isSpace(bytes[i])) {
      i++;
    }
    return i;
  }

  private int malformed(int next) {
    state = MALFORMED;
    return next;
  }
}
