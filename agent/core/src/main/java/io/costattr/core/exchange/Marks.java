package io.costattr.core.exchange;

import io.costattr.core.ledger.EventId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges by a name that a request has with it, until whoever writes the request asks. Of many
 * that nobody asks for, because their connections were gone, the oldest are forgotten. Thread-safe.
 */
final class Marks {
  private static final int MOST = 4_096;

  private final Map<String, Exchange> marked = new LinkedHashMap<>();
  private volatile boolean any;

  boolean any() {
    return any;
  }

  synchronized String put(Exchange exchange) {
    String mark = EventId.next();
    marked.put(mark, exchange);
    if (marked.size() > MOST) {
      marked.remove(marked.keySet().iterator().next());
    }
    any = true;
    return mark;
  }

  synchronized @Nullable Exchange take(String mark) {
    return marked.remove(mark);
  }
}
