package io.costattr.it.versions;

import io.costattr.it.AgentJvm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

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
      for (Object target : (List<?>) call("Targets", "all", null)) {
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
        for (String[] method : methods(classFile)) {
          for (Object hook : (List<?>) call("Target", "hooks", target)) {
            if ((boolean) call("Hook", "matches", hook, method[0], method[1])) {
              woven.add(name.replace('/', '.') + "." + method[0]);
            }
          }
        }
      }
    }
    return woven;
  }

  /**
   * Weaves the executors of those jars.
   *
   * @return how many there are, each of which has been changed
   * @throws AssertionError when one is not of the shape that is known
   */
  int weaveExecutors(List<Path> jars) throws ReflectiveOperationException, IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    int woven = 0;
    Field targets = loadClass(WEAVING + "ThreadTargets").getDeclaredField("OF_LIBRARIES");
    targets.setAccessible(true);
    try (URLClassLoader library = new URLClassLoader(urls, null)) {
      for (Object target : (List<?>) targets.get(null)) {
        String name = (String) call("ThreadTarget", "internalName", target);
        byte[] classFile = read(library.findResource(name + ".class"));
        if (classFile != null) {
          byte[] changed =
              (byte[]) call("ThreadWeaver", "weave", null, target, classFile, "java/lang/Handoff");
          // Every change is a call of it.
          if (new String(changed, StandardCharsets.ISO_8859_1).contains("java/lang/Handoff")) {
            woven++;
          }
        }
      }
    }
    return woven;
  }

  /** Each one's name and descriptor. */
  private static List<String[]> methods(byte[] classFile) {
    List<String[]> methods = new ArrayList<>();
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            methods.add(new String[] {name, descriptor});
            return null;
          }
        };
    new ClassReader(classFile).accept(visitor, ClassReader.SKIP_CODE);
    return methods;
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
