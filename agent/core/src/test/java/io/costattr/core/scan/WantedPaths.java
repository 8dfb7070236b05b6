package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** One set of wanted paths, read by the scanner and, slowly, by jackson-core. */
final class WantedPaths {
  private static final JsonFactory JACKSON = new JsonFactory();
  private static final String STEP = "\u0001";

  final JsonShape shape;

  private final Map<String, Integer> values = new HashMap<>();
  private final Map<String, Integer> texts = new HashMap<>();
  private final Map<String, Integer> presences = new HashMap<>();
  private final Map<String, Integer> keys = new HashMap<>();
  private final Map<String, Integer> closes = new HashMap<>();

  /** Whose members are told whatever they are called, but for those of which a path is asked. */
  private final Map<String, Integer> members = new HashMap<>();

  WantedPaths() {
    values.put("model", 1);
    values.put("usage.tokens", 2);
    values.put("usage.details.tokens", 3);
    values.put("choices[].model", 4);
    values.put("choices[].delta.tokens", 5);
    values.put("metadata.model", 6);
    values.put("[].model", 7);
    texts.put("content", 10);
    texts.put("content[].content", 11);
    texts.put("choices[].delta.content", 12);
    texts.put("choices[][].content", 13);
    presences.put("usage", 20);
    presences.put("choices[]", 21);
    presences.put("model", 22);
    members.put("metadata.*", 32);
    keys.put("usage.details.*", 31);
    closes.put("choices[]", 40);
    closes.put("other", 41);

    JsonShape.Builder builder = JsonShape.builder();
    values.forEach(builder::value);
    texts.forEach(builder::text);
    presences.forEach(builder::presence);
    keys.forEach(builder::keys);
    closes.forEach(builder::close);
    members.forEach((path, field) -> builder.members(path, 30, field));
    shape = builder.build();
    members.keySet().forEach(path -> keys.put(path, 30));
  }

  /**
   * Calls the handler as the scanner must.
   *
   * @throws IOException when this is no JSON document
   */
  void read(byte[] document, JsonHandler handler) throws IOException {
    String text = new String(document, UTF_8);
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    try (JsonParser parser = JACKSON.createParser(new StringReader(text))) {
      if (parser.nextToken() == null) {
        throw new IOException("nothing");
      }
      value(parser, "", handler);
      if (parser.nextToken() != null) {
        throw new IOException("more than one");
      }
    }
  }

  private void value(JsonParser parser, String path, JsonHandler handler) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("cut");
    }
    Integer present = presences.get(path);
    if (present != null && token != JsonToken.VALUE_NULL) {
      handler.present(present);
    }
    if (token.isStructStart()) {
      container(parser, token, path, handler);
      Integer closed = closes.get(path);
      if (closed != null) {
        handler.closed(closed);
      }
      return;
    }
    Integer textField = texts.get(path);
    if (textField != null && token == JsonToken.VALUE_STRING) {
      byte[] bytes = paired(parser.getText()).getBytes(UTF_8);
      if (bytes.length > 0) {
        handler.text(textField, bytes, 0, bytes.length);
      }
    }
    Integer field = values.get(path);
    if (field != null) {
      scalar(parser, token, field, handler);
    }
  }

  private void container(JsonParser parser, JsonToken token, String path, JsonHandler handler)
      throws IOException {
    while (true) {
      JsonToken next = parser.nextToken();
      if (next == null) {
        throw new IOException("cut");
      }
      if (next.isStructEnd()) {
        return;
      }
      String at = path + "[]";
      if (token == JsonToken.START_OBJECT) {
        String name = paired(parser.currentName());
        Integer key = keys.get(path + ".*");
        if (key != null && isShort(name)) {
          handler.key(key, name);
        } else if (key != null) {
          handler.tooLong(key);
        }
        // A name that looks like steps must not be taken for them.
        String step = name.replace(".", STEP).replace("[", STEP).replace("*", STEP);
        at = path.isEmpty() ? step + (step.isEmpty() ? STEP : "") : path + "." + step;
        Integer member = members.get(path + ".*");
        JsonToken child = parser.nextToken();
        if (member != null && !values.containsKey(at) && isShort(name)) {
          if (child != null && child.isScalarValue()) {
            scalar(parser, child, member, handler);
            continue;
          }
        }
      }
      value(parser, at, handler);
    }
  }

  private static void scalar(JsonParser parser, JsonToken token, int field, JsonHandler handler)
      throws IOException {
    String text = paired(parser.getText());
    if (!isShort(text)) {
      handler.tooLong(field);
      return;
    }
    switch (token) {
      case VALUE_NULL -> handler.nul(field);
      case VALUE_TRUE, VALUE_FALSE -> handler.bool(field, token == JsonToken.VALUE_TRUE);
      case VALUE_STRING -> handler.string(field, text);
      case VALUE_NUMBER_INT -> {
        BigInteger number = new BigInteger(text);
        if (number.bitLength() < Long.SIZE) {
          handler.number(field, number.longValue());
        } else {
          handler.decimal(field, text);
        }
      }
      default -> handler.decimal(field, text);
    }
  }

  private static boolean isShort(String text) {
    return text.getBytes(UTF_8).length <= JsonScanner.MAX_STRING;
  }

  /** Jackson keeps a lone surrogate; in UTF-8 there is none. */
  private static String paired(String text) {
    StringBuilder paired = new StringBuilder();
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(paired::appendCodePoint);
    return paired.toString();
  }
}
