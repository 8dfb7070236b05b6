package io.costattr.advice.context;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.BaggageReader;
import io.costattr.core.attribution.ContextSource;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the current baggage of the OpenTelemetry Java agent, whose API lies renamed on the boot
 * class path. Not compiled against: the names are those of its releases 2.x.
 */
public final class OtelAgentBaggage implements ContextSource {
  private static final String SHADED = "io.opentelemetry.javaagent.shaded.";

  private final MethodHandle current;
  private final MethodHandle size;
  private final MethodHandle forEach;
  private final MethodHandle value;

  public OtelAgentBaggage() throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Class<?> baggage = type("io.opentelemetry.api.baggage.Baggage");
    Class<?> entry = type("io.opentelemetry.api.baggage.BaggageEntry");
    current =
        lookup
            .findStatic(baggage, "current", MethodType.methodType(baggage))
            .asType(MethodType.methodType(Object.class));
    size =
        lookup
            .findVirtual(baggage, "size", MethodType.methodType(int.class))
            .asType(MethodType.methodType(int.class, Object.class));
    forEach =
        lookup
            .findVirtual(baggage, "forEach", MethodType.methodType(void.class, BiConsumer.class))
            .asType(MethodType.methodType(void.class, Object.class, BiConsumer.class));
    value =
        lookup
            .findVirtual(entry, "getValue", MethodType.methodType(String.class))
            .asType(MethodType.methodType(String.class, Object.class));
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(SHADED.concat(name), true, null);
  }

  @Override
  public @Nullable Attribution baggage() {
    try {
      Object baggage = (Object) current.invokeExact();
      int entries = (int) size.invokeExact(baggage);
      if (entries == 0 || !BaggageReader.isReadable(entries)) {
        return null;
      }
      BaggageReader reader = new BaggageReader();
      BiConsumer<String, Object> taker = (key, entry) -> reader.entry(key, value(entry));
      forEach.invokeExact(baggage, taker);
      return reader.attribution();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private String value(Object entry) {
    try {
      return (String) value.invokeExact(entry);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
