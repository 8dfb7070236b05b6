package io.costattr.premain;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own world: everything but the entry and the advice. Its parent is the platform
 * loader, so that no class of the application and no class of the agent ever meet; hence nothing
 * needs to be relocated. It reads {@code costattr/**} of the agent's jar, where classes are called
 * {@code .classdata} so that nobody else finds them.
 *
 * <pre>
 *   platform loader
 *         ^
 *   CostattrLoader      core, export, weaving, ASM, OpenTelemetry SDK
 *         ^
 *   AdviceLoader        one per application loader, see io.costattr.weaving
 * </pre>
 */
public final class CostattrLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String ROOT = "costattr/";
  private final JarFile jar;
  private final String urlPrefix;

  CostattrLoader(File file) throws IOException {
    super("costattr", ClassLoader.getPlatformClassLoader());
    // Unsigned; verification would load half of the security classes.
    this.jar = new JarFile(file, false);
    this.urlPrefix = "jar:" + file.toURI() + "!/" + ROOT;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classBytes(name);
    // Advice belongs to the loaders of its libraries; here it would not link.
    if (bytes == null || name.startsWith("io.costattr.advice.")) {
      throw new ClassNotFoundException(name);
    }
    definePackageOf(name);
    try {
      return defineClass(name, bytes, 0, bytes.length);
    } catch (LinkageError twice) {
      // Another agent's transformer may load a class while it is being defined, on this thread.
      Class<?> defined = findLoadedClass(name);
      if (defined == null) {
        throw twice;
      }
      return defined;
    }
  }

  /** The class file of that name in the agent's jar, advice included; null when there is none. */
  public byte @Nullable [] classBytes(String name) {
    return read(name.replace('.', '/').concat(".classdata"));
  }

  private byte @Nullable [] read(String path) {
    JarEntry entry = jar.getJarEntry(ROOT.concat(path));
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }

  private void definePackageOf(String className) {
    int dot = className.lastIndexOf('.');
    String name = dot < 0 ? "" : className.substring(0, dot);
    if (getDefinedPackage(name) == null) {
      try {
        definePackage(name, null, null, null, null, null, null, null);
      } catch (IllegalArgumentException e) {
        // Another thread was first.
      }
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (jar.getJarEntry(ROOT.concat(name)) == null) {
      return null;
    }
    try {
      return new URL(urlPrefix + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return Collections.enumeration(found == null ? List.of() : List.of(found));
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    // Straight from the open jar: a URL connection would keep a second one in a cache.
    JarEntry entry = jar.getJarEntry(ROOT.concat(name));
    try {
      return entry != null ? jar.getInputStream(entry) : super.getResourceAsStream(name);
    } catch (IOException e) {
      return null;
    }
  }
}
