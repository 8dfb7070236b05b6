package io.costattr.it.versions;

import io.costattr.it.CompiledProgram;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * A message broker in this JVM, by a program of {@code programs/brokers}, which is called to start
 * it and closed to stop it. In a class loader of its own: what it needs is nobody else's.
 */
final class Broker implements AutoCloseable {
  private final URLClassLoader loader;
  private final AutoCloseable program;
  private final String address;

  private Broker(URLClassLoader loader, Object program) throws Exception {
    this.loader = loader;
    this.program = (AutoCloseable) program;
    this.address = (String) ((Callable<?>) program).call();
  }

  /**
   * One that has been started.
   *
   * @param program the directory of its program below {@code programs/brokers}
   * @param coordinates what Maven fetches for it
   */
  static Broker start(String program, Path directory, String... coordinates) throws Exception {
    String[] classPath =
        CompiledProgram.classPath("brokers/" + program, directory, coordinates)
            .split(File.pathSeparator);
    URL[] urls = new URL[classPath.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(classPath[i]).toUri().toURL();
    }
    URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return new Broker(loader, loader.loadClass("Program").getConstructor().newInstance());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Where clients find it. */
  String address() {
    return address;
  }

  @Override
  public void close() throws Exception {
    program.close();
    loader.close();
  }
}
