package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.costattr.api.Attributed;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class-data sharing stays whole: what an agent most often breaks without anyone noticing. */
class SharingTest {
  @TempDir Path directory;

  /** An agent that does nothing. */
  public static final class NoAgent {
    public static void premain(String argument) {}
  }

  /** Touches what {@link Calls} needs, without calling anybody. */
  public static final class Touch {
    public static void main(String[] arguments) throws Exception {
      for (String name :
          List.of(
              "com.openai.client.okhttp.OpenAIOkHttpClient",
              "okhttp3.OkHttpClient",
              "com.openai.models.chat.completions.ChatCompletionCreateParams")) {
        Class.forName(name);
      }
      URI.create("http://127.0.0.1/").toURL().openConnection();
    }
  }

  @Test
  void noClassOfTheJdkAndNoneOfTheApplicationLosesItsSharing() throws Exception {
    Path noop = noop();
    // Only jars can be shared: the program goes into one.
    String jars = jars();
    Path archive = directory.resolve("app.jsa");
    AgentJvm.of(directory, Touch.class)
        .classPath(jars)
        .option("-XX:ArchiveClassesAtExit=" + archive)
        .run();
    assertThat(archive).exists();
    List<String> with = shared(jars, archive, "-javaagent:" + AgentJvm.agentJar());
    List<String> without = shared(jars, archive, "-javaagent:" + noop);
    assertThat(without).contains("java.lang.String", "okhttp3.OkHttpClient");
    // What is woven is read anew, nothing else.
    without.removeAll(with);
    assertThat(without).hasSizeLessThan(12);
  }

  @Test
  void withACacheOfLinkedClassesTargetsLoadedBeforeTheAgentAreStillSeen() throws Exception {
    assumeTrue(AgentJvm.javaVersion() >= 25, "AOT caches come with JDK 25");
    String jars = jars();
    Path cache = directory.resolve("app.aot");
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      AgentJvm.of(directory, Calls.class)
          .classPath(jars)
          // With the first compiler alone no cache is written.
          .longLived()
          .option("-XX:AOTCacheOutput=" + cache)
          .withAgent("log=off")
          .argument(server.baseUrl())
          .run();
      assertThat(cache).exists();
      Files.deleteIfExists(directory.resolve("events.jsonl"));
      Result result =
          AgentJvm.of(directory, Calls.class)
              .classPath(jars)
              .longLived()
              .option("-XX:AOTCache=" + cache, "-XX:AOTMode=on")
              .withAgent()
              .argument(server.baseUrl())
              .run();
      assertThat(result.eachEvents("customer_id"))
          .as(result.err() + result.out())
          .containsExactlyInAnyOrder(Calls.CUSTOMERS);
    }
  }

  /** Calls by a method that is annotated. */
  public static final class Annotated {
    public static void main(String[] arguments) throws Exception {
      call(arguments[0], "cust_1");
    }

    @Attributed(customerId = "#args[1]")
    private static void call(String base, String customer) throws Exception {
      Calls.jdk(base);
    }
  }

  @Test
  void withACacheOfLinkedClassesAnAnnotatedMethodCounts() throws Exception {
    assumeTrue(AgentJvm.javaVersion() >= 25, "AOT caches come with JDK 25");
    String jars = jars();
    Path cache = directory.resolve("app.aot");
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      // What is woven is not kept in a cache: for the training it is not.
      AgentJvm.of(directory, Annotated.class)
          .classPath(jars)
          // With the first compiler alone no cache is written.
          .longLived()
          .option("-XX:AOTCacheOutput=" + cache)
          .withAgent("log=off", "annotations=false")
          .argument(server.baseUrl())
          .run();
      assertThat(cache).exists();
      Files.deleteIfExists(directory.resolve("events.jsonl"));
      Result result =
          AgentJvm.of(directory, Annotated.class)
              .classPath(jars)
              .longLived()
              .option("-XX:AOTCache=" + cache, "-XX:AOTMode=on")
              .withAgent()
              .argument(server.baseUrl())
              .run();
      assertThat(result.eachEvents("customer_id"))
          .as(result.err() + result.out())
          .containsExactly("cust_1");
    }
  }

  private List<String> shared(String jars, Path archive, String agent) throws Exception {
    Path log = directory.resolve("classes.log");
    Files.deleteIfExists(log);
    Result result =
        AgentJvm.of(directory, Touch.class)
            .classPath(jars)
            .option("-XX:SharedArchiveFile=" + archive, agent)
            .option("-Xlog:class+load:file=" + log + "::filecount=0")
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      int source = line.indexOf(" source: shared objects file");
      if (source > 0) {
        names.add(line.substring(line.lastIndexOf(']', source) + 2, source));
      }
    }
    return names;
  }

  private Path noop() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", NoAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = directory.resolve("noop.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      add(entries, NoAgent.class);
    }
    return jar;
  }

  private String jars() throws IOException {
    Path jar = directory.resolve("program.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String entry : AgentJvm.testClassPath().split(File.pathSeparator)) {
        addFolder(entries, Path.of(entry));
      }
    }
    List<String> all = new ArrayList<>(List.of(jar.toString()));
    Arrays.stream(AgentJvm.testClassPath().split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .forEach(all::add);
    return String.join(File.pathSeparator, all);
  }

  private static void addFolder(JarOutputStream entries, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        if (name.endsWith(".class") && !name.equals("module-info.class")) {
          try {
            entries.putNextEntry(new JarEntry(name));
            entries.write(Files.readAllBytes(file));
            entries.closeEntry();
          } catch (java.util.zip.ZipException duplicate) {
            // package-info of a package in two folders
          }
        }
      }
    }
  }

  private static void add(JarOutputStream entries, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    entries.putNextEntry(new JarEntry(name));
    try (var in = type.getClassLoader().getResourceAsStream(name)) {
      entries.write(in.readAllBytes());
    }
    entries.closeEntry();
  }
}
