package io.costattr.export;

import io.costattr.core.attribution.HostSpan;
import io.costattr.core.ledger.CostEvent;
import org.jspecify.annotations.Nullable;

/**
 * The trace and span id of an entry. They are a function of the entry alone, so that every sink
 * states the same ones without knowing of the others: the trace is the application's, or else one
 * derived from the event id; the agent's own span id is derived from the event id too.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 */
public record SpanIds(String traceId, String spanId) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /**
   * The ids that an entry is joined to traces by.
   *
   * @param ownSpans whether the agent emits a span for each entry that no span of the application's
   *     has; where it does not, the ids are those of the application's own span
   * @return null when the agent emits no span for the entry (it emits none for lines of a batch
   *     job) and the application had none
   */
  public static @Nullable SpanIds of(CostEvent event, boolean ownSpans) {
    HostSpan has = event.host().span();
    if (has != null) {
      return new SpanIds(has.traceId(), has.spanId());
    }
    HostSpan host = host(event);
    if (!ownSpans || event.attempt().batch() != null) {
      return host == null ? null : new SpanIds(host.traceId(), host.spanId());
    }
    String id = event.attempt().eventId();
    String traceId = host != null ? host.traceId() : hex(hash(id, 1)) + hex(hash(id, 2));
    return new SpanIds(traceId, hex(hash(id, 3)));
  }

  /** The application's span at the call; null when there was none or its ids are not valid. */
  public static @Nullable HostSpan host(CostEvent event) {
    HostSpan host = event.attempt().host();
    return host != null && isId(host.traceId(), 32) && isId(host.spanId(), 16) ? host : null;
  }

  /** Lower-case hex of that length and not all zero: W3C Trace Context, section 3.2.2. */
  private static boolean isId(String id, int length) {
    boolean zero = true;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
      zero &= c == '0';
    }
    return id.length() == length && !zero;
  }

  /** FNV-1a, then mixed: samplers look at single bits of a trace id. Never zero. */
  private static long hash(String text, int salt) {
    long hash = (FNV_OFFSET ^ salt) * FNV_PRIME;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    hash ^= hash >>> 31;
    return hash == 0 ? 1 : hash;
  }

  private static String hex(long bits) {
    String digits = Long.toHexString(bits);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
