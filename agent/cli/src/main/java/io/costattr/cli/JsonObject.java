package io.costattr.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object as it was written; numbers are exact decimals. Immutable. */
final class JsonObject {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private final Map<String, @Nullable Object> fields;

  private JsonObject(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /** The object that the text is; null when it is none. */
  static @Nullable JsonObject parse(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      return json.nextToken() == JsonToken.START_OBJECT ? object(json) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** A scalar as text; null when it is null, absent or no scalar. */
  @Nullable String text(String field) {
    Object value = fields.get(field);
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof String || value instanceof Boolean ? value.toString() : null;
  }

  /** A number; null when it is none. */
  @Nullable BigDecimal number(String field) {
    return fields.get(field) instanceof BigDecimal number ? number : null;
  }

  boolean isTrue(String field) {
    return Boolean.TRUE.equals(fields.get(field));
  }

  /** The names of its members. */
  Set<String> names() {
    return fields.keySet();
  }

  /**
   * What an object has below a name, where {@code a.b} that is no name itself goes on in the object
   * {@code a}: a text, a number, a boolean or a list of them; null when there is none.
   */
  @Nullable Object below(String field, String name) {
    if (!(fields.get(field) instanceof JsonObject object)) {
      return null;
    }
    Object found = object.fields.get(name);
    int dot = name.indexOf('.');
    return found != null || dot < 0
        ? found
        : object.below(name.substring(0, dot), name.substring(dot + 1));
  }

  /** The objects in an array; empty when there are none. */
  List<JsonObject> objects(String field) {
    List<JsonObject> objects = new ArrayList<>();
    if (fields.get(field) instanceof List<?> all) {
      for (Object one : all) {
        if (one instanceof JsonObject object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  /** The scalars of an object by their names; empty when there are none. */
  Map<String, String> texts(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (fields.get(field) instanceof JsonObject object) {
      for (String name : object.fields.keySet()) {
        String text = object.text(name);
        if (text != null) {
          texts.put(name, text);
        }
      }
    }
    return texts;
  }

  private static JsonObject object(JsonParser json) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      fields.put(name, value(json));
    }
    return new JsonObject(fields);
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<@Nullable Object> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(json));
        }
        yield values;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }
}
