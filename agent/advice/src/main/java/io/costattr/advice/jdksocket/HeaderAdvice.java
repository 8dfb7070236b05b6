package io.costattr.advice.jdksocket;

import io.costattr.core.exchange.Exchange.Headers;
import io.costattr.core.exchange.WeakIdentityMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code BuilderImpl.header}: what the upgrade will have, for budgets by a provider's key. */
public final class HeaderAdvice {
  private static final WeakIdentityMap<Map<String, String>> CARRIED = new WeakIdentityMap<>();

  private HeaderAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object builder,
      @Advice.Argument(0) @Nullable String name,
      @Advice.Argument(1) @Nullable String value) {
    if (name == null || value == null) {
      return;
    }
    Map<String, String> headers = CARRIED.get(builder);
    if (headers == null) {
      headers = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
      CARRIED.put(builder, headers);
    }
    headers.putIfAbsent(name, value);
  }

  /** What that builder is told. */
  static Headers of(Object builder) {
    Map<String, String> told = CARRIED.get(builder);
    return told == null ? name -> null : told::get;
  }
}
