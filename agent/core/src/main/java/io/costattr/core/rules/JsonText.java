package io.costattr.core.rules;

import io.costattr.core.Types;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** A claim as MicroProfile hands it out: a value of Jakarta's or javax' JSON API. */
final class JsonText {
  private JsonText() {}

  /** The text of a JSON string, number or boolean; null of anything else. */
  static @Nullable String of(Object value) {
    for (Class<?> type : Types.of(value.getClass())) {
      switch (type.getName()) {
        case "jakarta.json.JsonString", "javax.json.JsonString" -> {
          return string(type, value);
        }
        case "jakarta.json.JsonNumber", "javax.json.JsonNumber" -> {
          return value.toString();
        }
        default -> {}
      }
    }
    return null;
  }

  private static @Nullable String string(Class<?> type, Object value) {
    try {
      return (String)
          MethodHandles.publicLookup()
              .findVirtual(type, "getString", MethodType.methodType(String.class))
              .invoke(value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
