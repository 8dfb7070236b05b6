package io.costattr.weaving;

import io.costattr.core.Log;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Puts the dispatcher where every class can see it. In {@code java.base} by {@code
 * Lookup.defineClass}: no boot class path is touched, so that class-data sharing stays whole, and
 * every module and every OSGi bundle sees it. Where a JVM refuses that, on the boot class path.
 */
final class Dispatcher {
  private static final String IN_JAVA_BASE = "java/lang/";
  private static final String ON_BOOT_PATH = "io/costattr/dispatch/";
  private static final String DISPATCHER = "CostattrDispatcher";
  private static final String HANDOFF = "CostattrHandoff";

  /** {@code CostattrHandoff} and what is in it, each behind its superclass. */
  private static final String[] HANDOFF_CLASSES = {
    HANDOFF,
    HANDOFF + "$Carrying",
    HANDOFF + "$Run",
    HANDOFF + "$RunOrCall",
    HANDOFF + "$Call",
    HANDOFF + "$Supply",
    HANDOFF + "$Apply",
    HANDOFF + "$Accept",
    HANDOFF + "$ApplyBoth",
    HANDOFF + "$AcceptBoth"
  };

  private static volatile Class<?> dispatcher = Object.class;
  private static volatile boolean onBootPath;

  private Dispatcher() {}

  static void install(Instrumentation instrumentation, Function<Object[], Object> linker)
      throws Exception {
    Class<?> installed;
    if (AgentRuntime.earlySetting("dispatcher", "auto").equals("append")) {
      installed = append(instrumentation);
    } else {
      try {
        installed =
            MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                .defineClass(bytes(IN_JAVA_BASE.concat(DISPATCHER)));
      } catch (IllegalAccessException | LinkageError | RuntimeException refused) {
        Log.info("java.base refuses the dispatcher (" + refused + "); using the boot class path");
        installed = append(instrumentation);
      }
    }
    @SuppressWarnings("unchecked")
    Consumer<Function<Object[], Object>> instance =
        (Consumer<Function<Object[], Object>>) installed.getDeclaredConstructor().newInstance();
    instance.accept(linker);
    dispatcher = installed;
  }

  /** The bootstrap method of woven call sites. */
  static Method bootstrap() throws NoSuchMethodException {
    return dispatcher.getMethod(
        "bootstrap", MethodHandles.Lookup.class, String.class, MethodType.class, Object[].class);
  }

  /** Whether named modules need a read edge to see the dispatcher. */
  static boolean isOnBootPath() {
    return onBootPath;
  }

  /** The module of the dispatcher on the boot class path. */
  static Module module() {
    return dispatcher.getModule();
  }

  /** Defines {@code CostattrHandoff}, beside the dispatcher, and lets it ask for its part. */
  static void installHandoff() throws Exception {
    if (!onBootPath) {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
      for (String name : HANDOFF_CLASSES) {
        lookup.defineClass(bytes(IN_JAVA_BASE.concat(name)));
      }
    }
    Class.forName(handoff().replace('/', '.'), true, null);
  }

  /** The internal name of {@code CostattrHandoff}. */
  static String handoff() {
    return (onBootPath ? ON_BOOT_PATH : IN_JAVA_BASE).concat(HANDOFF);
  }

  private static Class<?> append(Instrumentation instrumentation) throws Exception {
    File file = File.createTempFile("costattr-dispatcher", ".jar");
    file.deleteOnExit();
    try (JarOutputStream jar = new JarOutputStream(new FileOutputStream(file))) {
      add(jar, DISPATCHER);
      for (String name : HANDOFF_CLASSES) {
        add(jar, name);
      }
    }
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(file));
    onBootPath = true;
    return Class.forName(ON_BOOT_PATH.concat(DISPATCHER).replace('/', '.'), false, null);
  }

  private static void add(JarOutputStream jar, String name) throws IOException {
    String path = ON_BOOT_PATH.concat(name);
    jar.putNextEntry(new JarEntry(path.concat(".class")));
    jar.write(bytes(path));
    jar.closeEntry();
  }

  private static byte[] bytes(String internalName) throws IOException {
    try (InputStream in =
        Dispatcher.class.getClassLoader().getResourceAsStream(internalName + ".classdata")) {
      if (in == null) {
        throw new IOException("the agent's jar lacks " + internalName);
      }
      return in.readAllBytes();
    }
  }
}
