package io.costattr.core.annotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.AnnotationScope;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.Source;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnotatedMethodTest {
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** Another in each test: what is said once is said once in the life of the JVM. */
  private final String name = "shop.Chat" + UUID.randomUUID() + ".answer";

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void leave() {
    System.setErr(standardError);
    assertThat(AnnotationScope.current()).isNull();
  }

  @Test
  void whatIsTheSameForEveryCallIsInForceWhileTheMethodRuns() {
    AnnotatedMethod method =
        method(
            0, Map.of("feature", "chat", "route", "/chat", "team", "core"), "tier=gold", "a=b=c");

    Object entered = method.enter(new Object[0]);
    Attribution inForce = ContextSources.attribution();
    AnnotatedMethod.leave(entered);

    assertThat(inForce.feature()).isEqualTo("chat");
    assertThat(inForce.route()).isEqualTo("/chat");
    assertThat(inForce.tags()).isEqualTo(Map.of("tier", "gold", "a", "b=c"));
    assertThat(inForce.sources().of(Dimension.TEAM)).isEqualTo(Source.ANNOTATION);
    assertThat(inForce.sources().of(Dimension.CUSTOMER_ID)).isEqualTo(Source.NONE);
    assertThat(ContextSources.attribution()).isEqualTo(Attribution.NONE);
    assertThat(lines()).isEmpty();
  }

  @Test
  void anInnerMethodIsMergedOverTheOuterOneAndTheApplicationsOwnWordOverBoth() {
    AnnotatedMethod outer =
        method(0, Map.of("feature", "chat", "customerId", "internal"), "a=outer", "b=outer");
    AnnotatedMethod inner = method(1, Map.of("customerId", "#args[0]"), "a=inner");
    ContextSource api =
        new ContextSource() {
          @Override
          public Attribution attribution() {
            return new Attribution(null, null, null, "of the api", null, null, Map.of("b", "api"));
          }

          @Override
          public Attribution baggage() {
            return new Attribution("baggage", null, null, null, "test", null, Map.of())
                .from(Source.BAGGAGE);
          }
        };
    ContextSources.add(api);
    try {
      Object first = outer.enter(new Object[0]);
      Object second = inner.enter(new Object[] {"cust_1"});
      Attribution both = ContextSources.attribution();
      AnnotatedMethod.leave(second);
      Attribution one = ContextSources.attribution();
      AnnotatedMethod.leave(first);

      assertThat(both.feature()).isEqualTo("chat");
      assertThat(both.customerId()).isEqualTo("cust_1");
      assertThat(both.team()).isEqualTo("of the api");
      assertThat(both.environment()).isEqualTo("test");
      assertThat(both.tags()).isEqualTo(Map.of("a", "inner", "b", "api"));
      assertThat(one.customerId()).isEqualTo("internal");
      assertThat(one.sources().of(Dimension.FEATURE)).isEqualTo(Source.ANNOTATION);
      assertThat(one.sources().of(Dimension.TEAM)).isEqualTo(Source.API);
    } finally {
      ContextSources.remove(api);
    }
  }

  record Customer(String id, Optional<Plan> plan) {}

  enum Plan {
    FREE {
      @Override
      public String toString() {
        return "not its name";
      }
    }
  }

  /** In the ways of beans, of fluent accessors, and of public fields. */
  @SuppressWarnings("unused")
  static class Account {
    public final int number = 7;
    private final String region;
    private boolean trial = true;

    Account(String region) {
      this.region = region;
    }

    public String region() {
      return region;
    }

    public boolean isTrial() {
      return trial;
    }

    public UUID getId() {
      return new UUID(0, 1);
    }

    public @Nullable String getNothing() {
      return null;
    }

    public String getBroken() {
      throw new IllegalStateException("the customer's secret");
    }

    public String getLong() {
      return "x".repeat(257);
    }

    public String getForged() {
      return "a\r\nb";
    }

    String getHidden() {
      return "hidden";
    }
  }

  /** An implementation that its users do not see. */
  private static final class Secret extends Account implements Named {
    Secret() {
      super("eu");
    }

    @Override
    public String getName() {
      return "n";
    }

    @SuppressWarnings("unused")
    public String getOwn() {
      return "own";
    }
  }

  /** What they see. */
  public interface Named {
    String getName();
  }

  @Test
  void propertiesArePublicGettersAccessorsOfComponentsAndFields() {
    Account account = new Account("eu");

    assertThat(customer("#args[0].id", new Customer("c1", Optional.empty()))).isEqualTo("c1");
    assertThat(customer("#args[0].plan", new Customer("c", Optional.of(Plan.FREE))))
        .isEqualTo("FREE");
    assertThat(customer("#args[0].plan.x", new Customer("c", Optional.empty()))).isNull();
    assertThat(customer("#args[0].region", account)).isEqualTo("eu");
    assertThat(customer("#args[0].number", account)).isEqualTo("7");
    assertThat(customer("#args[0].trial", account)).isEqualTo("true");
    assertThat(customer("#args[0].id", account)).isEqualTo("00000000-0000-0000-0000-000000000001");
    assertThat(customer("#args[0].name", new Secret())).isEqualTo("n");
  }

  @Test
  void whatIsAValueInItselfNeedsNoProperty() {
    assertThat(customer("#args[0]", 42L)).isEqualTo("42");
    assertThat(customer("#args[0]", new BigDecimal("1E+3"))).isEqualTo("1E+3");
    assertThat(customer("#args[0]", 'c')).isEqualTo("c");
    assertThat(customer("#args[0]", Optional.of("o"))).isEqualTo("o");
  }

  @Test
  void nothingIsCalledThatIsNoAccessor() {
    AtomicInteger called = new AtomicInteger();
    Iterator<String> iterator =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return false;
          }

          @Override
          public String next() {
            called.incrementAndGet();
            throw new NoSuchElementException();
          }
        };
    Object loud =
        new Object() {
          @Override
          public String toString() {
            called.incrementAndGet();
            return "everything";
          }
        };

    assertThat(customer("#args[0].next", iterator)).isNull();
    assertThat(customer("#args[0].delete", new File("/nowhere"))).isNull();
    assertThat(customer("#args[0].clear", new ArrayList<>(List.of(1)))).isNull();
    assertThat(customer("#args[0].hashCode", "text")).isNull();
    assertThat(customer("#args[0].hidden", new Account("eu"))).isNull();
    assertThat(customer("#args[0]", loud)).isNull();
    assertThat(customer("#args[0]", new int[] {1})).isNull();
    assertThat(called).hasValue(0);
  }

  @Test
  void whatIsNullThrowsOrDoesNotFitIsNotSaidAndNamedOnce() {
    Map<Object, String> reasons = new LinkedHashMap<>();
    reasons.put("#args[0].nothing", "it was null");
    reasons.put("#args[0].nothing.more", "it was null");
    reasons.put("#args[0].broken", "has thrown a java.lang.IllegalStateException");
    reasons.put("#args[0].long", "longer than 256 characters");
    reasons.put("#args[0].forged", "control characters");
    reasons.put("#args[0].absent", "has no public getter of absent");
    reasons.forEach(
        (expression, reason) -> {
          said.reset();
          AnnotatedMethod method =
              AnnotatedMethodTest.named(
                  "shop.Order" + UUID.randomUUID() + ".pay",
                  1,
                  Map.of("feature", "chat", "customerId", (String) expression));
          for (int i = 0; i < 3; i++) {
            Attribution inForce = during(method, new Account("eu"));
            assertThat(inForce.customerId()).as((String) expression).isNull();
            assertThat(inForce.feature()).isEqualTo("chat");
          }
          assertThat(lines()).singleElement().asString().contains("customerId", reason, ".pay");
          assertThat(said.toString(UTF_8)).doesNotContain("secret");
        });
  }

  @Test
  void aHostileExpressionIsRefusedInOneLineThatNamesTheMethodAndTheGrammarAndTheRestCounts() {
    Map<String, String> hostile =
        Map.of("customerId", "T(java.lang.Runtime).getRuntime().exec('id')", "feature", "chat");
    for (int i = 0; i < 3; i++) {
      Attribution inForce = during(method(1, hostile, "no pair", "=x", "ok=#args[0]"), "v");
      assertThat(inForce.customerId()).isNull();
      assertThat(inForce.feature()).isEqualTo("chat");
      assertThat(inForce.tags()).isEqualTo(Map.of("ok", "v"));
    }
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(0)).contains(name, "customerId", "T(java", "#args[N]", ".property");
    assertThat(lines().get(1)).contains(name, "tags", "no pair", "name=value");
  }

  @Test
  void ofAnObjectThatChangesThePropertyIsThatAtTheMethodsBeginning() {
    String[] id = {"first"};
    Named named = () -> id[0];
    AnnotatedMethod method = method(1, Map.of("customerId", "#args[0].name"));

    Object entered = method.enter(new Object[] {named});
    id[0] = "second";
    Attribution inForce = ContextSources.attribution();
    AnnotatedMethod.leave(entered);

    assertThat(inForce.customerId()).isEqualTo("first");
  }

  /** As the Kotlin compiler calls it: the class of the continuation of {@code suspended}. */
  @SuppressWarnings("checkstyle:TypeName")
  static final class suspended$1 {}

  @Test
  void aSuspendedFunctionThatGoesOnSaysNothingAndHidesWhatTheOuterMethodsSay() {
    String own = AnnotatedMethodTest.class.getName() + ".suspended";
    Declared declared =
        Declared.read(
            new Declared.Method(own, 2, List.of(), true),
            Map.of("feature", "chat", "customerId", "#args[0]"),
            List.of());
    AnnotatedMethod method = new AnnotatedMethod(declared, 2, MethodHandles.lookup());
    AnnotatedMethod outer = method(0, Map.of("customerId", "internal"));

    assertThat(declared.arguments(2)).containsExactly(0, 1);
    assertThat(during(method, "cust_1", new Object()).customerId()).isEqualTo("cust_1");
    Object entered = outer.enter(new Object[0]);
    assertThat(during(method, 0, new suspended$1())).isEqualTo(Attribution.NONE);
    assertThat(ContextSources.attribution().customerId()).isEqualTo("internal");
    AnnotatedMethod.leave(entered);
  }

  @Test
  void whatIsInForceMayBeCarriedToAnotherThreadAndBack() throws Exception {
    AnnotatedMethod method = method(0, Map.of("feature", "chat"));
    Object entered = method.enter(new Object[0]);
    Attribution carried = AnnotationScope.current();
    List<Attribution> seen = new ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              seen.add(ContextSources.attribution());
              Attribution before = AnnotationScope.replace(carried);
              seen.add(ContextSources.attribution());
              AnnotationScope.replace(before);
              seen.add(ContextSources.attribution());
            });
    other.start();
    other.join();
    AnnotatedMethod.leave(entered);

    assertThat(seen).extracting(Attribution::feature).containsExactly(null, "chat", null);
  }

  private @Nullable String customer(String expression, Object argument) {
    return during(method(1, Map.of("customerId", expression)), argument).customerId();
  }

  private static Attribution during(AnnotatedMethod method, @Nullable Object... arguments) {
    Object entered = method.enter(arguments);
    try {
      return Objects.requireNonNull(ContextSources.attribution());
    } finally {
      AnnotatedMethod.leave(entered);
    }
  }

  private AnnotatedMethod method(int parameters, Map<String, String> values, String... tags) {
    return named(name, parameters, values, tags);
  }

  private static AnnotatedMethod named(
      String name, int parameters, Map<String, String> values, String... tags) {
    Declared read =
        Declared.read(
            new Declared.Method(name, parameters, List.of(), false), values, List.of(tags));
    Declared kept = Declared.of(read.constants());
    assertThat(kept).isEqualTo(read);
    return new AnnotatedMethod(kept, parameters, MethodHandles.lookup());
  }

  private List<String> lines() {
    return said.toString(UTF_8).lines().toList();
  }
}
