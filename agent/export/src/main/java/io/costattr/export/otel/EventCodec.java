package io.costattr.export.otel;

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
          AttributeCodec.writeText(out, origin.resource.getSchemaUrl());
          AttributeCodec.write(out, origin.resource.getAttributes());
          AttributeCodec.writeText(out, origin.scope.getName());
          AttributeCodec.writeText(out, origin.scope.getVersion());
          AttributeCodec.writeText(out, origin.scope.getSchemaUrl());
          AttributeCodec.write(out, origin.scope.getAttributes());
        });
  }

  /**
   * The origin that those bytes are of.
   *
   * @throws IOException when they are of none
   */
  static Origin origin(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    String schema = AttributeCodec.readText(in);
    Resource resource = Resource.create(AttributeCodec.read(in), schema);
    var scope = InstrumentationScopeInfo.builder(String.valueOf(AttributeCodec.readText(in)));
    String version = AttributeCodec.readText(in);
    String scopeSchema = AttributeCodec.readText(in);
    if (version != null) {
      scope.setVersion(version);
    }
    if (scopeSchema != null) {
      scope.setSchemaUrl(scopeSchema);
    }
    return new Origin(resource, scope.setAttributes(AttributeCodec.read(in)).build());
  }

  static byte[] bytes(LogRecordData event) {
    return written(
        out -> {
          AttributeCodec.writeText(out, event.getEventName());
          out.writeLong(event.getTimestampEpochNanos());
          out.writeLong(event.getObservedTimestampEpochNanos());
          out.writeByte(event.getSeverity().getSeverityNumber());
          AttributeCodec.writeText(out, event.getSeverityText());
          SpanContext span = event.getSpanContext();
          out.writeBoolean(span.isValid());
          if (span.isValid()) {
            out.write(span.getTraceIdBytes());
            out.write(span.getSpanIdBytes());
            out.writeByte(span.getTraceFlags().asByte());
          }
          Value<?> body = event.getBodyValue();
          AttributeCodec.writeText(out, body == null ? null : body.asString());
          out.writeInt(event.getTotalAttributeCount());
          AttributeCodec.write(out, event.getAttributes());
        });
  }

  /**
   * The event that those bytes are of.
   *
   * @throws IOException when they are of none
   */
  static LogRecordData event(byte[] bytes, Origin origin) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    String name = AttributeCodec.readText(in);
    long at = in.readLong();
    long observedAt = in.readLong();
    Severity severity = severity(in.readByte());
    String severityText = AttributeCodec.readText(in);
    SpanContext span = in.readBoolean() ? span(in) : SpanContext.getInvalid();
    String body = AttributeCodec.readText(in);
    int total = in.readInt();
    return new RestoredEvent(
        origin,
        name,
        at,
        observedAt,
        severity,
        severityText,
        span,
        body,
        total,
        AttributeCodec.read(in));
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
