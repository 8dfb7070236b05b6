package io.costattr.core.annotation;

import io.costattr.core.Log;
import io.costattr.core.attribution.Bounds;
import io.costattr.core.attribution.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @Attributed} on one method says, checked. Immutable; {@link #constants} is a form in
 * which a woven call site holds it.
 *
 * @param method {@code class.method}
 * @param suspends whether it is a suspending function of Kotlin's
 * @param elements what it says, each of another dimension or tag
 */
public record Declared(String method, boolean suspends, List<Element> elements) {
  /** As of baggage: five dimensions and 32 tags. */
  private static final int MOST_ELEMENTS = 37;

  private static final String TAG = "tag.";
  private static final String SUSPENDS = "suspends";
  private static final String TEXT = "=";
  private static final String ARGUMENT = "#";

  /**
   * @param name as in the annotation: {@code customerId}; or {@code tag.NAME}
   */
  record Element(String name, Expression value) {

    /** The dimension that it says; null for a tag. */
    @Nullable Dimension dimension() {
      return name.equals("customerId") ? Dimension.CUSTOMER_ID : Dimension.find(name);
    }

    /** The tag that it says; null for a dimension. */
    @Nullable String tag() {
      return name.startsWith(TAG) ? name.substring(TAG.length()) : null;
    }
  }

  /**
   * The method that is annotated.
   *
   * @param name {@code class.method}
   * @param parameters how many it has
   * @param parameterNames empty when the class file does not tell them
   * @param suspends whether it is a suspending function of Kotlin's, whose last parameter is its
   *     continuation
   */
  public record Method(
      String name, int parameters, List<String> parameterNames, boolean suspends) {}

  /**
   * Checks what is written. What is not allowed is said in a line, once, and does not count.
   *
   * @param values of the annotation's elements, by their names
   * @param tags each {@code name=value}
   */
  public static Declared read(Method method, Map<String, String> values, List<String> tags) {
    List<Element> elements = new ArrayList<>();
    values.forEach((name, value) -> add(elements, method, name, value));
    for (String tag : tags) {
      int equals = tag.indexOf('=');
      String name = equals < 0 ? "" : tag.substring(0, equals).strip();
      if (name.isEmpty() || !Bounds.fits(name)) {
        refuse(method, "tags", tag, "a tag is name=value");
      } else if (elements.size() >= MOST_ELEMENTS) {
        refuse(method, "tags", tag, "there are more than can be told apart");
      } else {
        add(elements, method, TAG + name, tag.substring(equals + 1).strip());
      }
    }
    return new Declared(method.name(), method.suspends(), List.copyOf(elements));
  }

  private static void add(List<Element> elements, Method method, String name, String written) {
    if (written.isBlank()) {
      return;
    }
    try {
      Expression value =
          Expression.parse(written.strip(), method.parameterNames(), method.parameters());
      elements.removeIf(earlier -> earlier.name().equals(name));
      elements.add(new Element(name, value));
    } catch (Expression.Refused refused) {
      refuse(method, name, written, String.valueOf(refused.getMessage()));
    }
  }

  private static void refuse(Method method, String name, String written, String reason) {
    Log.warnOnce(
        "annotation:" + method.name() + name + written,
        "@Attributed on "
            + method.name()
            + ": "
            + name
            + " \""
            + abbreviated(written)
            + "\" does not count ("
            + reason
            + "): "
            + Expression.GRAMMAR);
  }

  private static String abbreviated(String written) {
    int most = 80;
    return written.length() <= most ? written : written.substring(0, most) + "...";
  }

  /**
   * The indices of the arguments that are wanted when the method is entered, ascending; those of a
   * suspending function end with its continuation, given how many parameters it has.
   */
  public List<Integer> arguments(int parameters) {
    TreeSet<Integer> wanted = new TreeSet<>();
    for (Element element : elements) {
      if (element.value() instanceof Expression.Argument argument) {
        wanted.add(argument.index());
      }
    }
    if (suspends) {
      wanted.add(parameters - 1);
    }
    return List.copyOf(wanted);
  }

  /** This, as texts. */
  public List<String> constants() {
    List<String> constants = new ArrayList<>();
    constants.add(method);
    constants.add(suspends ? SUSPENDS : "");
    for (Element element : elements) {
      constants.add(element.name());
      constants.add(
          element.value() instanceof Expression.Argument argument
              ? ARGUMENT + argument.index() + "." + String.join(".", argument.properties())
              : TEXT + ((Expression.Text) element.value()).text());
    }
    return constants;
  }

  /** What {@link #constants} returned. */
  public static Declared of(List<String> constants) {
    List<Element> elements = new ArrayList<>();
    for (int i = 2; i < constants.size(); i += 2) {
      elements.add(new Element(constants.get(i), value(constants.get(i + 1))));
    }
    return new Declared(constants.get(0), constants.get(1).equals(SUSPENDS), List.copyOf(elements));
  }

  private static Expression value(String constant) {
    if (constant.startsWith(TEXT)) {
      return new Expression.Text(constant.substring(TEXT.length()));
    }
    int dot = constant.indexOf('.');
    String properties = constant.substring(dot + 1);
    return new Expression.Argument(
        Integer.parseInt(constant.substring(ARGUMENT.length(), dot)),
        properties.isEmpty() ? List.of() : List.of(properties.split("\\.")));
  }
}
