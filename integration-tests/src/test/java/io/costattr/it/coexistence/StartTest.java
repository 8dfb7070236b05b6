package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  @TempDir Path directory;

  /** Says what an application could see of the agent. */
  public static final class Traces {
    public static void main(String[] arguments) {
      System.out.println("hello");
      try {
        Class.forName("java.lang.CostattrDispatcher", false, null);
        System.out.println("dispatcher");
      } catch (ClassNotFoundException absent) {
        System.out.println("no dispatcher");
      }
      System.out.println(
          Thread.getAllStackTraces().keySet().stream()
                  .anyMatch(t -> t.getName().contains("costattr"))
              ? "thread"
              : "no thread");
      System.out.println(System.getProperty("io.costattr.agent.version"));
      System.exit(7);
    }
  }

  @Test
  void aProgramThatCallsNoModelSeesNothingAndPaysForNoThread() throws Exception {
    Result result = AgentJvm.of(directory, Traces.class).withAgent().run();
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.out().lines())
        .startsWith("hello", "dispatcher", "no thread")
        .last()
        .asString()
        .startsWith("costattr ");
    assertThat(result.events()).isEmpty();
  }

  @Test
  void disabledItLeavesNoTrace() throws Exception {
    Result byProperty = AgentJvm.of(directory, Traces.class).withAgent("enabled=false").run();
    assertThat(byProperty.out().lines())
        .containsExactly("hello", "no dispatcher", "no thread", "null");
    assertThat(byProperty.err()).isEmpty();
    Result byEnvironment =
        AgentJvm.of(directory, Traces.class)
            .withAgent()
            .environment("COSTATTR_ENABLED", "false")
            .run();
    assertThat(byEnvironment.out()).isEqualTo(byProperty.out());
  }

  @Test
  void theJdksOwnToolsAreLeftAlone() throws Exception {
    Path keytool = Path.of(AgentJvm.java()).resolveSibling("keytool");
    Process process =
        new ProcessBuilder(keytool.toString(), "-help")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    String plain = text(process);
    ProcessBuilder builder =
        new ProcessBuilder(keytool.toString(), "-help")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + AgentJvm.agentJar());
    assertThat(text(builder.start()).lines().filter(line -> !line.startsWith("Picked up")))
        .containsExactlyElementsOf(plain.lines().toList());
  }

  private String text(Process process) throws Exception {
    process.waitFor();
    return java.nio.file.Files.readString(directory.resolve("out"));
  }

  @Test
  void everyClientIsSeenOnceAndAttributed() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Calls.class).withAgent().argument(server.baseUrl()).run();
      assertThat(result.err()).isEmpty();
      assertThat(result.eachEvents("customer_id")).containsExactlyInAnyOrder(Calls.CUSTOMERS);
      assertThat(result.eachEvents("cost_basis")).containsOnly("reported");
      assertThat(result.eachEvents("client"))
          .contains("openai-java 4.101.0", "okhttp 4.12.0")
          .anyMatch(client -> client.startsWith("java.net.http "))
          .anyMatch(client -> client.startsWith("HttpURLConnection "));
    }
  }

  /** Calls without any attribution, from two places. */
  public static final class Unattributed {
    public static void main(String[] arguments) throws Exception {
      for (int i = 0; i < 3; i++) {
        Calls.jdk(arguments[0]);
      }
      Calls.okHttp(arguments[0]);
    }
  }

  @Test
  void withoutTheApiCallsAreUnattributedAndEachCallSiteIsNamedOnce() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      String withoutApi =
          Arrays.stream(AgentJvm.testClassPath().split(File.pathSeparator))
              .filter(entry -> !entry.contains("agent-api") && !entry.contains("costattr-api"))
              .collect(Collectors.joining(File.pathSeparator));
      Result result =
          AgentJvm.of(directory, Unattributed.class)
              .withAgent()
              .classPath(withoutApi)
              .argument(server.baseUrl())
              .run();
      assertThat(result.eachEvents("customer_id")).hasSize(4).containsOnly("(unattributed)");
      assertThat(result.eachEvents("call_site")).allMatch(site -> site.contains("Calls."));
      assertThat(result.errorLines())
          .hasSize(2)
          .allMatch(line -> line.contains("do not say their feature"));
    }
  }

  @Test
  void anUnknownSystemClassLoaderIsNoObstacle() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Calls.class)
              .option("-Djava.system.class.loader=" + CustomLoader.class.getName())
              .withAgent()
              .argument(server.baseUrl())
              .run();
      assertThat(result.events()).as(result.err()).hasSize(Calls.COUNT);
      assertThat(result.eachEvents("customer_id")).doesNotContain("(unattributed)");
    }
  }

  @Test
  void theDispatcherOnTheBootClassPathServesAsWell() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Calls.class)
              .withAgent("dispatcher=append")
              .argument(server.baseUrl())
              .run();
      assertThat(result.eachEvents("customer_id"))
          .as(result.err())
          .containsExactlyInAnyOrder(Calls.CUSTOMERS);
    }
  }
}
