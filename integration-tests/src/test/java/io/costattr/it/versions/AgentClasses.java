package io.costattr.it.versions;

import io.costattr.it.AgentJvm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** The weaver as it is in the agent's jar, without a JVM that it weaves. */
final class AgentClasses extends ClassLoader implements AutoCloseable {
  private static final String WEAVING = "io.costattr.weaving.";

  private final JarFile jar;

  AgentClasses() throws IOException {
    super(ClassLoader.getPlatformClassLoader());
    jar = new JarFile(AgentJvm.agentJar().toFile());
  }

  /**
   * Weaves every class of those jars that the agent weaves when it is loaded.
   *
   * @return the methods that were woven, as {@code class.method}, in alphabetical order
   * @throws AssertionError when a class is not of the shape that is known
   */
  TreeSet<String> weave(List<Path> jars) throws ReflectiveOperationException, IOException {
    TreeSet<String> woven = new TreeSet<>();
    Method bootstrap = AgentClasses.class.getDeclaredMethod("link");
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    try (URLClassLoader library = new URLClassLoader(urls, null)) {
      for (Object target : (Object[]) call("Targets", "all", null)) {
        String name = (String) call("Target", "internalName", target);
        byte[] classFile = read(library.findResource(name + ".class"));
        if (classFile == null || !(boolean) call("Target", "isWantedIn", target, library)) {
          continue;
        }
        try {
          call("Weaver", "weave", null, target, classFile, bootstrap);
        } catch (InvocationTargetException e) {
          throw new AssertionError(String.valueOf(e.getCause()), e);
        }
        for (Object hook : (List<?>) call("Target", "hooks", target)) {
          woven.add(name.replace('/', '.') + "." + call("Hook", "method", hook));
        }
      }
    }
    return woven;
  }

  /** Stands for the bootstrap method of woven call sites, which nobody calls here. */
  static void link() {}

  private Object call(String type, String method, @Nullable Object target, Object... arguments)
      throws ReflectiveOperationException {
    for (Method one : loadClass(WEAVING + type).getDeclaredMethods()) {
      if (one.getName().equals(method) && one.getParameterCount() == arguments.length) {
        one.setAccessible(true);
        return one.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(type + "." + method + Arrays.toString(arguments));
  }

  private static byte @Nullable [] read(@Nullable URL url) throws IOException {
    if (url == null) {
      return null;
    }
    try (InputStream in = url.openStream()) {
      return in.readAllBytes();
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = bytes(name.replace('.', '/') + ".classdata");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = bytes(name);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  private byte @Nullable [] bytes(String name) {
    ZipEntry entry = jar.getEntry("costattr/" + name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
