package io.costattr.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private final Registry registry = Registry.read();

  @Test
  void hasEveryNameOfTheCodeAndNoOther() {
    assertThat(registry.names("attributes"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(constants(AttributeNames.class));
    assertThat(registry.names("metrics"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(constants(MetricNames.class));
    assertThat(registry.names("events"))
        .containsExactlyInAnyOrderElementsOf(constants(EventNames.class));
    assertThat(registry.names("fields"))
        .containsExactlyElementsOf(Arrays.stream(EventField.values()).map(EventField::id).toList());
  }

  @Test
  void saysAllThereIsToSayAboutAName() {
    for (String section : List.of("events", "attributes", "metrics", "fields")) {
      for (Registry.Entry entry : registry.section(section)) {
        assertThat(entry.text("brief")).as(entry.text("name")).endsWith(".");
        if (!section.equals("fields")) {
          assertThat(entry.text("stability")).isIn("stable", "development", "proposed");
        }
        if (section.equals("attributes")) {
          assertThat(entry.list("on"))
              .isSubsetOf("span", "event", "metric", "convention", "enriched");
        }
        if (section.equals("metrics")) {
          assertThat(entry.text("kind")).isIn("counter", "gauge", "histogram");
          assertThat(entry.text("unit")).isNotEmpty();
        }
        if (section.equals("attributes") || section.equals("fields")) {
          assertThat(entry.text("type"))
              .isIn(
                  Set.of(
                      "string",
                      "string[]",
                      "int",
                      "double",
                      "decimal",
                      "boolean",
                      "timestamp",
                      "object",
                      "object[]"));
        }
      }
    }
  }

  /** As Prometheus derives them from OTLP, otlptranslator's default strategy. */
  @Test
  void namesMetricsAsPrometheusDoes() {
    for (Registry.Entry metric : registry.section("metrics")) {
      String unit = metric.text("unit");
      String name = metric.text("name").replace('.', '_');
      if (unit.equals("s")) {
        name += "_seconds";
      } else if (unit.equals("By")) {
        name += "_bytes";
      } else if (unit.equals("d")) {
        // A word of the unit that the name has already is not said twice.
        name += name.endsWith("_days") ? "" : "_days";
      } else if (!unit.startsWith("{")) {
        name += "_" + unit;
      }
      if (metric.text("kind").equals("counter")) {
        name += "_total";
      }
      assertThat(metric.text("prometheus")).isEqualTo(name);
    }
  }

  private static List<String> constants(Class<?> names) {
    return Arrays.stream(names.getFields()).map(RegistryTest::value).toList();
  }

  private static String value(Field constant) {
    try {
      return (String) Objects.requireNonNull(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
