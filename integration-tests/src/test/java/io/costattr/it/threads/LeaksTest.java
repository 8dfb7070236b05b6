package io.costattr.it.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays on a thread that it should not stay on. */
class LeaksTest {
  @TempDir Path directory;

  @Test
  void aScopeThatATaskLeavesOpenDoesNotReachTheNextOneAndIsSaidOnce() throws Exception {
    Result result = run(Leaks.LeftOpen.class);

    assertThat(result.out().lines()).hasSize(17).allMatch(line -> line.startsWith("right"));
    assertThat(result.err()).containsOnlyOnce("has left an attribution scope open");
  }

  @Test
  void aScopeClosedTwiceOrOnAnotherThreadDisturbsNothingAndEachIsSaidOnce() throws Exception {
    Result result = run(Leaks.Misused.class);

    assertThat(result.out().lines()).hasSize(10).allMatch(line -> line.startsWith("right"));
    assertThat(result.err())
        .containsOnlyOnce("an attribution scope was closed twice")
        .containsOnlyOnce("was closed on a thread that did not open it");
  }

  @Test
  void inDebugModeAnAttributionThatStaysOnAPooledThreadIsNamedWithWhereItWasOpened()
      throws Exception {
    Result result = run(Leaks.Stays.class, "debug.context.age=1");

    assertThat(result.out().lines()).hasSize(1).allMatch(line -> line.startsWith("right"));
    assertThat(result.errorLines())
        .filteredOn(line -> line.contains("still in force on pooled thread pool-"))
        .hasSize(2)
        .anyMatch(
            line ->
                line.contains("customer_id=opened on the pool")
                    && line.matches(".*opened on thread pool-\\S+ at .*openedHere.*"))
        .anyMatch(
            line ->
                line.contains("customer_id=carried to the pool")
                    && line.matches(".*opened on thread main at .*handedOverHere.*"));
    assertThat(result.err()).doesNotContain("customer_id=plain");
  }

  @Test
  void inDebugModeAScopeThatATaskLeavesOpenIsNamedAsWell() throws Exception {
    Result result = run(Leaks.LeftOpen.class, "debug.context.age=3600");

    assertThat(result.out().lines()).hasSize(17).allMatch(line -> line.startsWith("right"));
    assertThat(result.errorLines())
        .filteredOn(line -> line.contains("was left open by a task on thread pool-"))
        .anyMatch(line -> line.matches(".*customer_id=left by a Runnable .*LeftOpen.*"));
  }

  private Result run(Class<?> program, String... settings) throws Exception {
    Result result = AgentJvm.of(directory, program).withAgent(settings).run();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    return result;
  }
}
