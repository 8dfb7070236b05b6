package io.costattr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code java -jar costattr.jar}, as an operator runs it. */
public final class CommandLine {
  private CommandLine() {}

  /**
   * Runs a command that ends well.
   *
   * @param folder its working directory, which may have a {@code costattr.yaml}
   * @param input its standard input
   * @return what it says on standard output
   */
  public static String run(Path folder, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(AgentJvm.java(), "-jar", AgentJvm.agentJar().toString()));
    command.addAll(List.of(arguments));
    Path in = Files.writeString(folder.resolve("command.in"), input);
    Path err = folder.resolve("command.err");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectError(err.toFile())
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said + Files.readString(err)).isZero();
    return said;
  }
}
