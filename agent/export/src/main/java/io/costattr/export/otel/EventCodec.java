package io.costattr.export.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Log events as bytes for the spool, and back: all that an exporter sends of them. Resource and
 * scope, which many events share, go by themselves. The version of the format is the segment's.
 */
final class EventCodec {
  private static final Severity[] SEVERITIES = Severity.values();

  private EventCodec() {}

  /** Where events come from. */
  record Origin(Resource resource, InstrumentationScopeInfo scope) {

    static Origin of(LogRecordData event) {
      return new Origin(event.getResource(), event.getInstrumentationScopeInfo());
    }
  }

  static byte[] bytes(Origin origin) {
    return written(
        out -> {
          text(out, origin.resource.getSchemaUrl());
          attributes(out, origin.resource.getAttributes());
          text(out, origin.scope.getName());
          text(out, origin.scope.getVersion());
          text(out, origin.scope.getSchemaUrl());
          attributes(out, origin.scope.getAttributes());
        });
  }

  /**
   * The origin that those bytes are of.
   *
   * @throws IOException when they are of none
   */
  static Origin origin(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    String schema = text(in);
    Resource resource = Resource.create(attributes(in), schema);
    var scope = InstrumentationScopeInfo.builder(String.valueOf(text(in)));
    String version = text(in);
    String scopeSchema = text(in);
    if (version != null) {
      scope.setVersion(version);
    }
    if (scopeSchema != null) {
      scope.setSchemaUrl(scopeSchema);
    }
    return new Origin(resource, scope.setAttributes(attributes(in)).build());
  }

  static byte[] bytes(LogRecordData event) {
    return written(
        out -> {
          text(out, event.getEventName());
          out.writeLong(event.getTimestampEpochNanos());
          out.writeLong(event.getObservedTimestampEpochNanos());
          out.writeByte(event.getSeverity().getSeverityNumber());
          text(out, event.getSeverityText());
          SpanContext span = event.getSpanContext();
          out.writeBoolean(span.isValid());
          if (span.isValid()) {
            out.write(span.getTraceIdBytes());
            out.write(span.getSpanIdBytes());
            out.writeByte(span.getTraceFlags().asByte());
          }
          Value<?> body = event.getBodyValue();
          text(out, body == null ? null : body.asString());
          out.writeInt(event.getTotalAttributeCount());
          attributes(out, event.getAttributes());
        });
  }

  /**
   * The event that those bytes are of.
   *
   * @throws IOException when they are of none
   */
  static LogRecordData event(byte[] bytes, Origin origin) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    String name = text(in);
    long at = in.readLong();
    long observedAt = in.readLong();
    Severity severity = severity(in.readByte());
    String severityText = text(in);
    SpanContext span = in.readBoolean() ? span(in) : SpanContext.getInvalid();
    String body = text(in);
    int total = in.readInt();
    return new RestoredEvent(
        origin, name, at, observedAt, severity, severityText, span, body, total, attributes(in));
  }

  private static Severity severity(int number) throws IOException {
    for (Severity severity : SEVERITIES) {
      if (severity.getSeverityNumber() == number) {
        return severity;
      }
    }
    throw new IOException("no severity " + number);
  }

  private static SpanContext span(DataInputStream in) throws IOException {
    byte[] ids = in.readNBytes(24);
    byte flags = in.readByte();
    return SpanContext.create(
        hex(ids, 0, 16), hex(ids, 16, 24), TraceFlags.fromByte(flags), TraceState.getDefault());
  }

  private static String hex(byte[] bytes, int from, int to) {
    StringBuilder hex = new StringBuilder(2 * (to - from));
    for (int i = from; i < to; i++) {
      hex.append(Character.forDigit(bytes[i] >> 4 & 0xf, 16));
      hex.append(Character.forDigit(bytes[i] & 0xf, 16));
    }
    return hex.toString();
  }

  private static void attributes(DataOutputStream out, Attributes attributes) throws IOException {
    out.writeInt(attributes.size());
    for (var attribute : attributes.asMap().entrySet()) {
      AttributeKey<?> key = attribute.getKey();
      text(out, key.getKey());
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
      text(out, value instanceof Value<?> tree ? tree.asString() : value.toString());
    }
  }

  private static Attributes attributes(DataInputStream in) throws IOException {
    AttributesBuilder attributes = Attributes.builder();
    for (int left = in.readInt(); left > 0; left--) {
      String name = Objects.requireNonNullElse(text(in), "");
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
      case 's' -> Objects.requireNonNullElse(text(in), "");
      default -> throw new IOException("no kind of value: " + (int) kind);
    };
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException("memory takes everything", e);
    }
    return bytes.toByteArray();
  }
}
