package io.costattr.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Another JVM, which waits for the end of its standard input. */
final class SleepingJvm implements AutoCloseable {
  private final Process process;

  private SleepingJvm(Process process) {
    this.process = process;
  }

  /** Starts it and returns once it runs. */
  static SleepingJvm start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Body.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    if (process.getInputStream().read() < 0) {
      throw new IOException("the JVM did not start");
    }
    return new SleepingJvm(process);
  }

  String pid() {
    return String.valueOf(process.pid());
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
  }

  /** An agent that does nothing, hence never says that it runs. */
  static Path emptyAgent(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", Body.class.getName());
    Path jar = folder.resolve("agent.jar");
    String entry = Body.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream code = Body.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new ZipEntry(entry));
      code.transferTo(out);
    }
    return jar;
  }

  /** What runs there. */
  public static final class Body {
    private Body() {}

    /** Waits. */
    public static void main(String[] arguments) throws IOException {
      String java = System.getProperty("as.java");
      if (java != null) {
        System.setProperty("java.specification.version", java);
      }
      System.out.write('.');
      System.out.flush();
      System.in.read();
    }

    /** Does nothing. */
    public static void agentmain(String argument) {}
  }
}
