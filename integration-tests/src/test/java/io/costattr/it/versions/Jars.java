package io.costattr.it.versions;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/** The jars of libraries, from where Maven fetches, asked for once in a JVM. */
final class Jars {
  private static final Map<String, List<Path>> KNOWN = new ConcurrentHashMap<>();

  private Jars() {}

  /** That version with all it needs, in the order of its class path. */
  static List<Path> of(Library library, String version) {
    return KNOWN.computeIfAbsent(
        library.program() + ":" + version,
        key ->
            library.coordinates(version).isEmpty()
                ? List.of()
                : Arrays.stream(
                        Maven.resolver()
                            .resolve(library.coordinates(version))
                            .withTransitivity()
                            .asFile())
                    .map(file -> file.toPath())
                    .toList());
  }
}
