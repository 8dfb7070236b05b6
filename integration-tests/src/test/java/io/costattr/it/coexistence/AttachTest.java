package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.api.Attributed;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachTest {
  @TempDir Path directory;

  /** Makes its calls, then makes them once more for every line that it reads. */
  public static final class OnDemand {
    public static void main(String[] arguments) throws Exception {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      Calls.all(arguments[0]);
      while (in.readLine() != null) {
        Calls.all(arguments[0]);
      }
    }
  }

  /** As {@link OnDemand}, by a method that is annotated. */
  public static final class Annotated {
    public static void main(String[] arguments) throws Exception {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      call(arguments[0], "cust_1");
      while (in.readLine() != null) {
        call(arguments[0], "cust_2");
      }
    }

    @Attributed(feature = "annotated", customerId = "#args[1]")
    static void call(String base, String customer) throws Exception {
      Calls.jdk(base);
    }
  }

  @Test
  void anAnnotatedMethodThatWasLoadedBeforeCountsOnceTheAgentIsAttached() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      AgentJvm jvm =
          AgentJvm.of(directory, Annotated.class)
              .option("-XX:+EnableDynamicAgentLoading")
              .argument(server.baseUrl());
      Process process = jvm.start();
      server.server().awaitRequests(1);
      attach(process.pid(), "events.file=" + jvm.events());
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
      Result result = jvm.await(process);
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.eachEvents("feature")).as(result.err()).containsExactly("annotated");
      assertThat(result.eachEvents("customer_id")).containsExactly("cust_2");
    }
  }

  @Test
  void theAgentNamedTwiceRunsOnce() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Calls.class)
              .withAgent()
              .withAgent()
              .argument(server.baseUrl())
              .run();
      assertThat(result.events()).hasSize(Calls.COUNT);
      assertThat(result.errorLines()).singleElement().asString().contains("already running");
    }
  }

  @Test
  void attachedToARunningJvmItSeesTheFurtherCallsOnceHoweverOftenItIsAttached() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      AgentJvm jvm =
          AgentJvm.of(directory, OnDemand.class)
              .option("-XX:+EnableDynamicAgentLoading")
              .argument(server.baseUrl());
      Process process = jvm.start();
      server.server().awaitRequests(Calls.COUNT);
      attach(process.pid(), "events.file=" + jvm.events());
      assertThat(attach(process.pid(), "events.file=" + jvm.events())).contains("already running");
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
      Result result = jvm.await(process);
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.eachEvents("customer_id"))
          .as(result.err())
          .containsExactlyInAnyOrder(Calls.CUSTOMERS);
    }
  }

  private String attach(long pid, String argument) throws Exception {
    Process process =
        new ProcessBuilder(
                AgentJvm.java(),
                "-jar",
                AgentJvm.agentJar().toString(),
                "attach",
                Long.toString(pid),
                argument)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("attach").toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(directory.resolve("attach"));
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
