package io.costattr.it.versions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.api.AttributionContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A library's program, compiled against one version of it. */
final class Program {
  private Program() {}

  /**
   * Fetches that version with all it needs, from where Maven fetches, and compiles the program.
   *
   * @return the class path that the program's class {@code Program} runs on
   */
  static String compile(Library library, String version, Path directory) throws Exception {
    Path api =
        Path.of(
            AttributionContext.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path classes = Files.createDirectory(directory.resolve("classes"));
    String classPath =
        Stream.concat(Stream.of(classes, api), Jars.of(library, version).stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path sources = Files.createDirectory(directory.resolve("source"));
    String text = read(library.program(), "java");
    if (text == null) {
      text = Objects.requireNonNull(read(library.program(), "kt"), library.program());
      Path source = sources.resolve("Program.kt");
      Files.writeString(source, library.adapted(text, version));
      Kotlin.compile(source, classes, classPath);
    } else {
      Path source = sources.resolve("Program.java");
      Files.writeString(source, library.adapted(text, version));
      compile(source, classes, classPath);
    }
    return classPath;
  }

  private static void compile(Path source, Path classes, String classPath) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-nowarn", "-proc:none", "-cp", classPath, "-d", classes.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new AssertionError("the program does not compile: " + said);
      }
    }
  }

  private static @Nullable String read(String program, String ending) throws IOException {
    try (InputStream in =
        Program.class.getResourceAsStream("/programs/" + program + "/Program." + ending)) {
      return in == null ? null : new String(in.readAllBytes(), UTF_8);
    }
  }
}
