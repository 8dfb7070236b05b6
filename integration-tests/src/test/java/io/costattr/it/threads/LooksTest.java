package io.costattr.it.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application sees the queues, tasks, exceptions and stacks that it sees without the agent. */
class LooksTest {
  @TempDir Path directory;

  @Test
  void executorsLookTheSameFromEverySide() throws Exception {
    Result without =
        AgentJvm.of(Files.createDirectory(directory.resolve("without")), Looks.class).run();
    Result with =
        AgentJvm.of(Files.createDirectory(directory.resolve("with")), Looks.class)
            .withAgent("log=off")
            .run();

    assertThat(without.exit()).as(without.err()).isZero();
    assertThat(without.out().lines()).hasSizeGreaterThan(40);
    assertThat(with.out()).isEqualTo(without.out());
    assertThat(with.err()).isEqualTo(without.err());
  }
}
