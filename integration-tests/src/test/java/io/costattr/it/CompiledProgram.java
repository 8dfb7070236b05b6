package io.costattr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.api.AttributionContext;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/**
 * A program of {@code src/test/resources/programs}, compiled against libraries as Maven has them.
 */
public final class CompiledProgram {
  /** Classes that a program has beside it where it names them. */
  private static final List<String> SHARED = List.of("ModelCall", "LyingCaller", "SignedToken");

  private CompiledProgram() {}

  /**
   * Fetches the libraries with all they need, and compiles the program's class {@code Program}.
   *
   * @param directory where it may write
   * @param coordinates {@code group:artifact:version}, nearest first
   * @return the class path that it runs on
   */
  public static String classPath(String program, Path directory, String... coordinates)
      throws IOException {
    return compile(program, directory, jars(coordinates));
  }

  /** The same with the API. */
  public static String classPathWithApi(String program, Path directory, String... coordinates)
      throws Exception {
    Path api =
        Path.of(
            AttributionContext.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return compile(
        program, directory, Stream.concat(Stream.of(api), jars(coordinates).stream()).toList());
  }

  private static List<Path> jars(String... coordinates) {
    return Arrays.stream(Maven.resolver().resolve(coordinates).withTransitivity().asFile())
        .map(File::toPath)
        .toList();
  }

  private static String compile(String program, Path directory, List<Path> jars)
      throws IOException {
    Path sources = Files.createDirectories(directory.resolve("source"));
    List<String> written = new ArrayList<>();
    written.add(write(sources, program, "Program"));
    String text = Files.readString(sources.resolve("Program.java"));
    for (String shared : SHARED) {
      if (text.contains(shared + ".")) {
        written.add(write(sources, "shared", shared));
      }
    }
    Path classes = Files.createDirectories(directory.resolve("classes"));
    String classPath =
        Stream.concat(Stream.of(classes), jars.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                said,
                said,
                Stream.concat(
                        Stream.of(
                            "-nowarn",
                            "-proc:none",
                            "-parameters",
                            "-cp",
                            classPath,
                            "-d",
                            classes.toString()),
                        written.stream())
                    .toArray(String[]::new));
    if (failed != 0) {
      throw new AssertionError("the program does not compile: " + said.toString(UTF_8));
    }
    return classPath;
  }

  private static String write(Path sources, String program, String name) throws IOException {
    String resource = "/programs/" + program + "/" + name + ".java";
    try (InputStream in = CompiledProgram.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new AssertionError("there is no " + resource);
      }
      return Files.write(sources.resolve(name + ".java"), in.readAllBytes()).toString();
    }
  }
}
