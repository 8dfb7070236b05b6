package io.costattr.benchmarks;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Loads every class on its class path, as large applications nearly do, and initializes none. */
final class ManyClasses {
  private static final String ENDING = ".class";

  private ManyClasses() {}

  public static void main(String[] arguments) throws IOException {
    int loaded = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        try (JarFile jar = new JarFile(entry)) {
          for (JarEntry file : Collections.list(jar.entries())) {
            loaded += load(file.getName()) ? 1 : 0;
          }
        }
      }
    }
    System.out.println(loaded);
  }

  private static boolean load(String file) {
    if (!file.endsWith(ENDING) || file.startsWith("META-INF") || file.endsWith("-info.class")) {
      return false;
    }
    String name = file.substring(0, file.length() - ENDING.length()).replace('/', '.');
    try {
      Class.forName(name, false, ManyClasses.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError optional) {
      return false;
    }
  }
}
