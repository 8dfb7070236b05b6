package io.costattr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.coexistence.Calls;
import io.costattr.loopback.LoopbackOpenAi;
import io.costattr.loopback.WireServer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the README, with names of files and hosts that exist. */
class ReadmeTest {
  /** Run by the build that this test is part of. */
  private static final List<String> RUN_BY_THE_BUILD =
      List.of("./quickstart", "./verify", "mvn -q -DskipTests package");

  @TempDir Path directory;
  private LoopbackOpenAi server;
  private WireServer collector;
  private Process running;

  @BeforeEach
  void start() throws IOException {
    server = LoopbackOpenAi.start();
    collector = WireServer.start((request, reply) -> reply.status(200).body(""));
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.destroy();
    }
    collector.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCommandWorks() throws Exception {
    List<String> commands = commands();
    assertThat(commands).containsAll(RUN_BY_THE_BUILD);
    assertThat(Files.readString(AgentJvm.root().resolve("verify")))
        .contains("./quickstart")
        .contains("mvn ");
    Path events = directory.resolve("ai-events.jsonl");
    run(
        "java -javaagent:agent/jar/target/costattr.jar=events.file="
            + events
            + " -jar "
            + application());
    String id = Files.readString(events).split("\"event_id\":\"")[1].split("\"")[0];
    List<DynamicTest> tests = new ArrayList<>();
    for (String command : commands) {
      if (!RUN_BY_THE_BUILD.contains(command)) {
        tests.add(
            DynamicTest.dynamicTest(
                command,
                () ->
                    run(
                        command
                            .replace("/var/log/ai-events.jsonl", events.toString())
                            .replace("target/quickstart/events.jsonl", events.toString())
                            .replace("EVENT_ID", id)
                            .replace("http://collector:4318", collector.url())
                            .replace("app.jar", application().toString())
                            .replace("PID", pid(command)))));
      }
    }
    return tests.stream();
  }

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(AgentJvm.root().resolve("README.md"))) {
      if (line.startsWith("```")) {
        inside = line.equals("```bash");
      } else if (inside && !line.isBlank()) {
        commands.add(line.replaceFirst("\\s+# .*", "").trim());
      }
    }
    return commands;
  }

  private void run(String command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "command", ".out");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(AgentJvm.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
    builder.environment().put("OPENAI_BASE_URL", server.baseUrl());
    String java = Path.of(AgentJvm.java()).getParent().toString();
    builder.environment().merge("PATH", java, (path, bin) -> bin + File.pathSeparator + path);
    builder.environment().put("JAVA_HOME", Path.of(java).getParent().toString());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(command).isTrue();
    assertThat(process.exitValue()).as(command + "\n" + Files.readString(out)).isZero();
  }

  /** A program that waits to be attached to, where a command wants one. */
  private String pid(String command) throws IOException, InterruptedException {
    if (!command.contains("PID")) {
      return "";
    }
    running =
        new ProcessBuilder(
                AgentJvm.java(),
                "-cp",
                AgentJvm.testClassPath(),
                "io.costattr.it.coexistence.AttachTest$OnDemand",
                server.baseUrl())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    server.server().awaitRequests(1);
    return Long.toString(running.pid());
  }

  /** A jar that makes calls, as a user's application would. */
  private Path application() throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, Calls.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(AgentJvm.testClassPath().split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    Path jar = directory.resolve("app.jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
