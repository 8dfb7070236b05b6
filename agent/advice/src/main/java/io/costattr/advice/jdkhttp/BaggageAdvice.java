package io.costattr.advice.jdkhttp;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpRequestImpl.getUserHeaders}, which only those ask who write a request to the wire;
 * the application asks {@code headers}, which stay what they are. What a redirect leads to is
 * another copy, and has none.
 */
public final class BaggageAdvice {
  private BaggageAdvice() {}

  /** What goes along with a request to that address. */
  static void keep(Object copy, @Nullable URI uri) {
    String host = uri == null ? null : uri.getHost();
    Addition addition =
        uri == null || host == null ? null : OutgoingBaggage.of(host, SendAdvice.port(uri));
    if (addition != null) {
      OutgoingBaggage.carry(addition, copy);
    }
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.This Object request, @Advice.Return @Nullable HttpHeaders headers) {
    if (!OutgoingBaggage.isOn() || headers == null) {
      return null;
    }
    Addition addition = OutgoingBaggage.carriedBy(request);
    String whole = addition == null ? null : addition.to(headers.allValues(Addition.HEADER));
    if (whole == null) {
      return null;
    }
    Map<String, List<String>> all = new HashMap<>(headers.map());
    all.keySet().removeIf(Addition.HEADER::equalsIgnoreCase);
    all.put(Addition.HEADER, List.of(whole));
    return HttpHeaders.of(all, (name, value) -> true);
  }
}
