package io.costattr.it.versions;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/** The jars of libraries, from where Maven fetches, asked for once in a JVM. */
final class Jars {
  private static final Map<List<String>, List<Path>> KNOWN = new ConcurrentHashMap<>();

  private Jars() {}

  /** That version with all it needs, in the order of its class path. */
  static List<Path> of(Library library, String version) {
    return of(library.coordinates(version));
  }

  /** What processes the annotations of its program, with all it needs. */
  static List<Path> processing(Library library, String version) {
    return of(library.processors(version));
  }

  private static List<Path> of(List<String> coordinates) {
    return KNOWN.computeIfAbsent(
        coordinates,
        asked ->
            asked.isEmpty()
                ? List.of()
                : Arrays.stream(Maven.resolver().resolve(asked).withTransitivity().asFile())
                    .map(file -> file.toPath())
                    .toList());
  }
}
