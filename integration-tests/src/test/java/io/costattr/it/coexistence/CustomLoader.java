package io.costattr.it.coexistence;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/**
 * A system class loader as some launchers bring one: it defines the application's classes itself.
 */
public final class CustomLoader extends URLClassLoader {
  public CustomLoader(ClassLoader parent) throws MalformedURLException {
    super("custom", urls(), parent.getParent());
  }

  /** What the JVM asks of a system class loader that is to take agents. */
  void appendToClassPathForInstrumentation(String path) throws MalformedURLException {
    addURL(new File(path).toURI().toURL());
  }

  private static URL[] urls() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }
}
