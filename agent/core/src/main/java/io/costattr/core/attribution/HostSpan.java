package io.costattr.core.attribution;

/**
 * The application's own span, by W3C trace context.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 * @param flags the trace flags, bit 0 is "sampled"
 */
public record HostSpan(String traceId, String spanId, byte flags) {}
