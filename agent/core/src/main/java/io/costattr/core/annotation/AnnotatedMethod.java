package io.costattr.core.annotation;

import io.costattr.core.Log;
import io.costattr.core.attribution.AnnotationScope;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Bounds;
import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.Source;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A method with {@code @Attributed}, as its woven call site calls it: entered, it puts in force
 * what the annotation says, with the values of this call's arguments. Where nothing of them is
 * wanted, entering and leaving take some nanoseconds and make no object. Thread-safe.
 */
public final class AnnotatedMethod {
  private static final int DIMENSIONS = Dimension.values().length;

  /** An element that says what an argument has. */
  private record Reader(Declared.Element element, int at, List<Property> properties) {}

  private final Declared declared;
  private final String ownContinuation;
  private final List<Reader> readers = new ArrayList<>();

  /** The texts, by dimension, and those of tags. */
  private final @Nullable String[] texts = new String[DIMENSIONS];

  private final Map<String, String> tags = new HashMap<>();

  /** All that it says, where that is the same for every call; else null. */
  private final @Nullable Attribution always;

  /**
   * @param parameters how many the method has
   * @param lookup with the rights of the annotated class
   */
  public AnnotatedMethod(Declared declared, int parameters, MethodHandles.Lookup lookup) {
    this.declared = declared;
    this.ownContinuation = continuationOf(declared.method());
    List<Integer> arguments = declared.arguments(parameters);
    for (Declared.Element element : declared.elements()) {
      if (element.value() instanceof Expression.Argument argument) {
        List<Property> properties = new ArrayList<>();
        for (String property : argument.properties()) {
          properties.add(new Property(property, lookup));
        }
        readers.add(new Reader(element, arguments.indexOf(argument.index()), properties));
      } else {
        put(element, ((Expression.Text) element.value()).text(), texts, tags);
      }
    }
    always = readers.isEmpty() ? Attribution.by(Source.ANNOTATION, texts, tags) : null;
  }

  /**
   * The method begins on this thread.
   *
   * @param arguments those that {@link Declared#arguments} names
   * @return what to hand to {@link #leave}
   */
  public Object enter(@Nullable Object[] arguments) {
    if (declared.suspends() && goesOn(arguments[arguments.length - 1])) {
      return AnnotationScope.enterUnknown();
    }
    return AnnotationScope.enter(always != null ? always : read(arguments));
  }

  /** The method ends, whichever way. */
  public static void leave(@Nullable Object entered) {
    AnnotationScope.leave(entered);
  }

  /**
   * Whether a suspended function goes on, or may: it is then called again, with nothing for its
   * arguments, by the continuation that the compiler has made for it, as {@code Owner$method$1}.
   */
  private boolean goesOn(@Nullable Object continuation) {
    return continuation != null && continuation.getClass().getName().startsWith(ownContinuation);
  }

  private static String continuationOf(String method) {
    int dot = method.lastIndexOf('.');
    // What follows a hyphen is there to tell overloads with value classes apart.
    int end = method.indexOf('-', dot) < 0 ? method.length() : method.indexOf('-', dot);
    return method.substring(0, dot) + '$' + method.substring(dot + 1, end) + '$';
  }

  private Attribution read(@Nullable Object[] arguments) {
    @Nullable String[] values = texts.clone();
    Map<String, String> allTags = tags;
    for (Reader reader : readers) {
      String value = value(reader, arguments[reader.at()]);
      if (value != null) {
        if (reader.element().tag() != null && allTags == tags) {
          allTags = new HashMap<>(tags);
        }
        put(reader.element(), value, values, allTags);
      }
    }
    return Attribution.by(Source.ANNOTATION, values, allTags);
  }

  private static void put(
      Declared.Element element, String value, @Nullable String[] values, Map<String, String> tags) {
    Dimension dimension = element.dimension();
    String tag = element.tag();
    if (tag != null) {
      tags.put(tag, value);
    } else if (dimension != null) {
      values[dimension.ordinal()] = value;
    }
  }

  private @Nullable String value(Reader reader, @Nullable Object argument) {
    Object value = argument;
    try {
      for (Property property : reader.properties()) {
        value = present(value);
        if (value == null) {
          break;
        }
        value = property.of(value);
      }
      value = present(value);
    } catch (Property.Absent absent) {
      return notSaid(reader, String.valueOf(absent.getMessage()));
    } catch (Throwable failed) {
      // What it says might be the customer's.
      return notSaid(reader, "its getter has thrown a " + failed.getClass().getName());
    }
    if (value == null) {
      return notSaid(reader, "it was null");
    }
    String text = text(value);
    if (text == null) {
      return notSaid(
          reader,
          "a "
              + value.getClass().getName()
              + " is no text, number, boolean, enum constant or UUID");
    }
    if (text.isBlank() || !Bounds.fits(text)) {
      return notSaid(
          reader,
          "it was blank, longer than "
              + Bounds.MOST_CHARACTERS
              + " characters, or had control characters");
    }
    return text;
  }

  private static @Nullable Object present(@Nullable Object value) {
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  /** What is a value in itself. The text of any other object may be anything, and take any time. */
  private static @Nullable String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    boolean isPlain =
        value instanceof Number
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof UUID;
    return isPlain && value.getClass().getName().startsWith("java.") ? value.toString() : null;
  }

  private @Nullable String notSaid(Reader reader, String reason) {
    Log.warnOnce(
        "annotation:" + declared.method() + reader.element().name(),
        "@Attributed on "
            + declared.method()
            + " did not say "
            + reader.element().name()
            + ": "
            + reason
            + " (said once)");
    return null;
  }
}
