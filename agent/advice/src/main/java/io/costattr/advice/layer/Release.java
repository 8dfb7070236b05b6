package io.costattr.advice.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Names a library with its version, asked of it once. Never throws. */
public final class Release {
  private Release() {}

  /**
   * That name, and the version that the manifest of the class's jar states.
   *
   * @param titles of which the manifest must state one as its title; a jar that others were merged
   *     into states another's
   */
  public static String byManifest(String name, String className, String... titles) {
    Class<?> type = find(className);
    Package library = type == null ? null : type.getPackage();
    return library != null && List.of(titles).contains(library.getImplementationTitle())
        ? named(name, library.getImplementationVersion())
        : name;
  }

  /**
   * That name, and the version as which Maven built the artifact.
   *
   * @param className a class of the library's
   * @param artifact {@code group/artifact}
   */
  public static String byMaven(String name, String className, String artifact) {
    Class<?> type = find(className);
    ClassLoader loader = type == null ? null : type.getClassLoader();
    if (loader == null) {
      return name;
    }
    String path = "META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream in = loader.getResourceAsStream(path)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return named(name, properties.getProperty("version"));
    } catch (IOException | RuntimeException unreadable) {
      return name;
    }
  }

  private static @Nullable Class<?> find(String className) {
    try {
      return Class.forName(className, false, Release.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      return null;
    }
  }

  private static String named(String name, @Nullable String version) {
    return version == null || version.isEmpty() ? name : name + " " + version;
  }
}
