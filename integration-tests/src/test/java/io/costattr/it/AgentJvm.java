package io.costattr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for one scenario: the one that is tested, with or without agents. */
public final class AgentJvm {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Path ROOT =
      Path.of(System.getProperty("costattr.test.root", "..")).toAbsolutePath().normalize();
  private static final int MINUTES = 4;

  private final Path directory;
  private final String main;
  private final List<String> options = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private String classPath = testClassPath();
  private boolean isLongLived;

  private AgentJvm(Path directory, String main) {
    this.directory = directory;
    this.main = main;
  }

  /** A JVM that will run that program; it writes nothing but below {@code directory}. */
  public static AgentJvm of(Path directory, Class<?> main) {
    return new AgentJvm(directory, main.getName());
  }

  public static AgentJvm of(Path directory, String main) {
    return new AgentJvm(directory, main);
  }

  /** The {@code java} that is tested. */
  public static String java() {
    return System.getProperty(
        "costattr.test.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /** The major version of the JVM that is tested: tests run on it themselves. */
  public static int javaVersion() {
    return Runtime.version().feature();
  }

  /**
   * The agent's jar.
   *
   * @throws IllegalStateException when it has not been packaged
   */
  public static Path agentJar() {
    Path jar = ROOT.resolve("agent/jar/target/costattr.jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          jar + " is missing: run Maven's phase package or a later one, not test");
    }
    return jar;
  }

  /** The repository. */
  public static Path root() {
    return ROOT;
  }

  /** Another agent's jar, as the build laid it out. */
  public static Path otherAgent(String name) {
    return ROOT.resolve("integration-tests/target/agents").resolve(name + ".jar");
  }

  /** With the agent, writing its events where {@link Result#events} reads them. */
  public AgentJvm withAgent(String... settings) {
    options.add("-javaagent:" + agentJar());
    options.add("-Dcostattr.events.file=" + events());
    options.add("-Dcostattr.spool=" + directory.resolve("spool"));
    for (String setting : settings) {
      options.add("-Dcostattr." + setting);
    }
    return this;
  }

  /**
   * With both compilers and the collector of its own choice, as a program that lives for long:
   * otherwise it has the first one and the plainest, which halves what a JVM of a few seconds
   * costs.
   */
  public AgentJvm longLived() {
    isLongLived = true;
    return this;
  }

  public AgentJvm option(String... more) {
    options.addAll(Arrays.asList(more));
    return this;
  }

  public AgentJvm argument(String... more) {
    arguments.addAll(Arrays.asList(more));
    return this;
  }

  public AgentJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public AgentJvm classPath(String newClassPath) {
    classPath = newClassPath;
    return this;
  }

  /** The file that the agent writes its events to. */
  public Path events() {
    return directory.resolve("events.jsonl");
  }

  /** Starts it and does not wait. */
  public Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    if (!isLongLived) {
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-XX:+UseSerialGC");
    }
    command.addAll(options);
    command.addAll(List.of("-Xmx512m", "-cp", classPath, main));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(AgentJvm::isTelemetry);
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  /** Runs it to its end. */
  public Result run() throws IOException, InterruptedException {
    return await(start());
  }

  /** Waits for the end of what {@link #start} started. */
  public Result await(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the program did not end: " + read("out") + read("err"));
    }
    return new Result(process.exitValue(), read("out"), read("err"), events());
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name), UTF_8);
  }

  private static boolean isTelemetry(String variable) {
    return variable.startsWith("OTEL_")
        || variable.startsWith("COSTATTR_")
        || variable.equals("JAVA_TOOL_OPTIONS");
  }

  /** The tests' own class path. */
  public static String testClassPath() {
    return System.getProperty("java.class.path")
        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
  }

  /** What came of it. */
  public record Result(int exit, String out, String err, Path eventsFile) {

    /** The lines of standard error. */
    public List<String> errorLines() {
      return err.lines().toList();
    }

    /** The events written, in order; none when there is no file. */
    public List<JsonNode> events() throws IOException {
      List<JsonNode> events = new ArrayList<>();
      if (Files.exists(eventsFile)) {
        for (String line : Files.readAllLines(eventsFile, UTF_8)) {
          events.add(JSON.readTree(line));
        }
      }
      return events;
    }

    /** That field of every event, as text. */
    public List<String> eachEvents(String field) throws IOException {
      return events().stream().map(event -> event.path(field).asText()).toList();
    }
  }
}
