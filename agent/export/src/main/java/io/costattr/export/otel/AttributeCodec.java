package io.costattr.export.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Attributes and texts as bytes, and back. A value of many parts comes back as its text. */
final class AttributeCodec {
  private AttributeCodec() {}

  static void write(DataOutputStream out, Attributes attributes) throws IOException {
    out.writeInt(attributes.size());
    for (var attribute : attributes.asMap().entrySet()) {
      AttributeKey<?> key = attribute.getKey();
      writeText(out, key.getKey());
      Object value = attribute.getValue();
      if (value instanceof List<?> list) {
        out.writeByte('[');
        out.writeByte(kind(key));
        out.writeInt(list.size());
        for (Object element : list) {
          value(out, element);
        }
      } else {
        out.writeByte(kind(key));
        value(out, value);
      }
    }
  }

  private static char kind(AttributeKey<?> key) {
    return switch (key.getType()) {
      case BOOLEAN, BOOLEAN_ARRAY -> 'b';
      case LONG, LONG_ARRAY -> 'l';
      case DOUBLE, DOUBLE_ARRAY -> 'd';
      default -> 's';
    };
  }

  private static void value(DataOutputStream out, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Long number) {
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeDouble(number);
    } else {
      writeText(out, value instanceof Value<?> tree ? tree.asString() : value.toString());
    }
  }

  static Attributes read(DataInputStream in) throws IOException {
    AttributesBuilder attributes = Attributes.builder();
    for (int left = in.readInt(); left > 0; left--) {
      String name = Objects.requireNonNullElse(readText(in), "");
      char kind = (char) in.readByte();
      if (kind == '[') {
        list(in, name, attributes);
      } else {
        Object value = value(in, kind);
        if (value instanceof Boolean flag) {
          attributes.put(name, flag);
        } else if (value instanceof Long number) {
          attributes.put(name, number);
        } else if (value instanceof Double number) {
          attributes.put(name, number);
        } else {
          attributes.put(name, (String) value);
        }
      }
    }
    return attributes.build();
  }

  private static void list(DataInputStream in, String name, AttributesBuilder to)
      throws IOException {
    char kind = (char) in.readByte();
    int size = in.readInt();
    List<Object> values = new ArrayList<>();
    while (values.size() < size) {
      values.add(value(in, kind));
    }
    switch (kind) {
      case 'b' -> to.put(AttributeKey.booleanArrayKey(name), cast(values));
      case 'l' -> to.put(AttributeKey.longArrayKey(name), cast(values));
      case 'd' -> to.put(AttributeKey.doubleArrayKey(name), cast(values));
      default -> to.put(AttributeKey.stringArrayKey(name), cast(values));
    }
  }

  @SuppressWarnings("unchecked") // each is of the kind that was read
  private static <V> List<V> cast(List<Object> values) {
    return (List<V>) values;
  }

  private static Object value(DataInputStream in, char kind) throws IOException {
    return switch (kind) {
      case 'b' -> in.readBoolean();
      case 'l' -> in.readLong();
      case 'd' -> in.readDouble();
      case 's' -> Objects.requireNonNullElse(readText(in), "");
      default -> throw new IOException("no kind of value: " + (int) kind);
    };
  }

  static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static @Nullable String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
