package io.costattr.it.versions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.api.AttributionContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A library's program, compiled against one version of it. */
final class Program {
  /** Classes that programs have beside them where they name them. */
  private static final List<String> SHARED = List.of("ModelCall", "RoutedRequests");

  private Program() {}

  /**
   * Fetches that version with all it needs, from where Maven fetches, and compiles the program.
   *
   * @return the class path that the program's class {@code Program} runs on
   */
  static String compile(Library library, String version, Path directory) throws Exception {
    String text = read(library.program(), "java");
    if (text != null) {
      Map<String, String> texts = new HashMap<>(Map.of("Program.java", text));
      String beans = resource(library.program() + "/Beans.java");
      if (beans != null) {
        texts.put("Beans.java", beans);
      }
      return compile(library, version, directory, texts);
    }
    text = Objects.requireNonNull(read(library.program(), "kt"), library.program());
    Path classes = Files.createDirectory(directory.resolve("classes"));
    String classPath = classPath(library, version, classes);
    Path source = Files.createDirectory(directory.resolve("source")).resolve("Program.kt");
    Files.writeString(source, library.adapted(text, version));
    Kotlin.compile(source, classes, classPath);
    return classPath;
  }

  /** The same for the library's program about calls that are denied. */
  static String compileDenied(Library library, String version, Path directory) throws Exception {
    return compile(
        library,
        version,
        directory,
        Map.of(
            "Program.java",
            Objects.requireNonNull(read("denied/" + library.program(), "java"), library.program()),
            "Trio.java",
            Objects.requireNonNull(resource("denied/shared/Trio.java"))));
  }

  /** The same for the library's program that listens for messages. */
  static String compileListening(Library library, String version, Path directory) throws Exception {
    return compile(
        library,
        version,
        directory,
        Map.of(
            "Program.java",
            Objects.requireNonNull(
                read("listening/" + library.program(), "java"), library.program()),
            "Model.java",
            Objects.requireNonNull(resource("listening/shared/Model.java"))));
  }

  private static String compile(
      Library library, String version, Path directory, Map<String, String> own) throws Exception {
    Map<String, String> texts = new HashMap<>(own);
    for (String shared : SHARED) {
      if (own.values().stream().anyMatch(text -> text.contains(shared + "."))) {
        String file = shared + ".java";
        texts.put(file, Objects.requireNonNull(resource("shared/" + file)));
      }
    }
    Path classes = Files.createDirectory(directory.resolve("classes"));
    String classPath = classPath(library, version, classes);
    Path sources = Files.createDirectory(directory.resolve("source"));
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path source = sources.resolve(text.getKey());
      Files.writeString(source, library.adapted(text.getValue(), version));
      written.add(source);
    }
    compile(written, classes, classPath, Jars.processing(library, version));
    return classPath;
  }

  private static String classPath(Library library, String version, Path classes) throws Exception {
    Path api =
        Path.of(
            AttributionContext.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return joined(Stream.concat(Stream.of(classes, api), Jars.of(library, version).stream()));
  }

  private static String joined(Stream<Path> paths) {
    return paths.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static void compile(
      List<Path> sources, Path classes, String classPath, List<Path> processors)
      throws IOException {
    List<String> options =
        new ArrayList<>(List.of("-nowarn", "-cp", classPath, "-d", classes.toString()));
    options.addAll(
        processors.isEmpty()
            ? List.of("-proc:none")
            : List.of("-processorpath", joined(processors.stream())));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new AssertionError("the program does not compile: " + said);
      }
    }
  }

  private static @Nullable String read(String program, String ending) throws IOException {
    return resource(program + "/Program." + ending);
  }

  private static @Nullable String resource(String path) throws IOException {
    try (InputStream in = Program.class.getResourceAsStream("/programs/" + path)) {
      return in == null ? null : new String(in.readAllBytes(), UTF_8);
    }
  }
}
