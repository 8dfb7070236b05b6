package io.costattr.it.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every case in a JVM without the agent and in one with it. */
class DifferentialTest {
  private static final int TRIES = 20;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> okHttp() throws Exception {
    return compare(Suite.OKHTTP);
  }

  @TestFactory
  Stream<DynamicTest> javaNetHttp() throws Exception {
    return compare(Suite.JDK);
  }

  @TestFactory
  Stream<DynamicTest> httpUrlConnection() throws Exception {
    return compare(Suite.URL_CONNECTION);
  }

  @TestFactory
  Stream<DynamicTest> apacheHttpClient4() throws Exception {
    return compare(Suite.APACHE4);
  }

  @TestFactory
  Stream<DynamicTest> apacheHttpAsyncClient4() throws Exception {
    return compare(Suite.APACHE4_ASYNC);
  }

  @TestFactory
  Stream<DynamicTest> apacheHttpClient5() throws Exception {
    return compare(Suite.APACHE5);
  }

  @TestFactory
  Stream<DynamicTest> apacheHttpAsyncClient5() throws Exception {
    return compare(Suite.APACHE5_ASYNC);
  }

  @TestFactory
  Stream<DynamicTest> reactorNetty() throws Exception {
    return compare(Suite.REACTOR_NETTY);
  }

  @TestFactory
  Stream<DynamicTest> jettyClient() throws Exception {
    return compare(Suite.JETTY);
  }

  @TestFactory
  Stream<DynamicTest> vertxClient() throws Exception {
    return compare(Suite.VERTX);
  }

  @TestFactory
  Stream<DynamicTest> asyncHttpClient() throws Exception {
    return compare(Suite.ASYNC_HTTP_CLIENT);
  }

  @TestFactory
  Stream<DynamicTest> openAiJava() throws Exception {
    return compare(Suite.OPENAI);
  }

  private Stream<DynamicTest> compare(Suite suite) throws Exception {
    AgentJvm without = jvm(suite, "without");
    AgentJvm with =
        jvm(suite, "with")
            .withAgent(
                "providers.127.0.0.1=openai",
                "defaults.environment=test",
                "otel.sdk.disabled=true");
    // Beside each other: many cases wait for a clock.
    Process bare = without.start();
    Process woven = with.start();
    Map<String, List<String>> expected = seen("without", without.await(bare));
    AgentJvm.Result result = with.await(woven);
    Map<String, List<String>> actual = seen("with", result);
    Map<String, List<JsonNode>> ledger = byFeature(result.events());

    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : suite.cases()) {
      String name = one.name();
      tests.add(
          DynamicTest.dynamicTest(
              name + ": the application notices nothing",
              () -> {
                List<String> noticed = actual.get(name);
                if (noticed == null
                    || !noticed.equals(expected.get(name))
                        && !happensWithout(suite, name, noticed)) {
                  assertThat(noticed).isEqualTo(expected.get(name));
                }
              }));
      tests.add(
          DynamicTest.dynamicTest(
              name + ": the ledger says what happened",
              () ->
                  assertThat(one.ledger().complaints(ledger.getOrDefault(name, List.of())))
                      .as(String.join("\n", actual.getOrDefault(name, List.of())))
                      .isEmpty()));
    }
    tests.add(
        DynamicTest.dynamicTest(
            "every entry belongs to a case",
            () -> assertThat(actual.keySet()).containsAll(ledger.keySet())));
    tests.add(
        DynamicTest.dynamicTest(
            "the agent has no fault and loses nothing",
            () -> assertThat(result.err()).doesNotContain("internal fault", "not every entry")));
    return tests.stream();
  }

  /**
   * Whether the application notices just that without the agent as well, now and then: networks and
   * clocks have more than one outcome on a machine that is busy.
   */
  private boolean happensWithout(Suite suite, String name, List<String> noticed) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      String again = name.replaceAll("\\W+", "-") + "-" + i;
      if (seen(again, jvm(suite, again).argument(name).run()).containsValue(noticed)) {
        return true;
      }
    }
    return false;
  }

  private AgentJvm jvm(Suite suite, String name) throws IOException {
    Path own = Files.createDirectories(directory.resolve(name));
    return AgentJvm.of(own, DifferentialMain.class)
        .option("-Duser.language=en")
        .argument(suite.name(), own.resolve("seen").toString());
  }

  private Map<String, List<String>> seen(String name, AgentJvm.Result result) throws IOException {
    assertThat(result.exit()).as(result.err()).isZero();
    Map<String, List<String>> byCase = new LinkedHashMap<>();
    for (String line : Files.readAllLines(directory.resolve(name).resolve("seen"), UTF_8)) {
      int tab = line.indexOf('\t');
      byCase
          .computeIfAbsent(line.substring(0, tab), unused -> new ArrayList<>())
          .add(line.substring(tab + 1));
    }
    return byCase;
  }

  private static Map<String, List<JsonNode>> byFeature(List<JsonNode> events) {
    Map<String, List<JsonNode>> byFeature = new LinkedHashMap<>();
    for (JsonNode event : events) {
      byFeature
          .computeIfAbsent(event.path("feature").asText(), unused -> new ArrayList<>())
          .add(event);
    }
    byFeature
        .values()
        .forEach(list -> list.sort(Comparator.comparingInt(e -> e.path("attempt").asInt())));
    return byFeature;
  }
}
