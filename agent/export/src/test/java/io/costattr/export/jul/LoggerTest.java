package io.costattr.export.jul;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.Log;
import io.costattr.export.Said;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoggerTest {
  private static final String JUL = "java/util/logging/";
  private static final List<String> BUNDLED =
      List.of(
          "opentelemetry-",
          "okhttp",
          "okio",
          "kotlin-stdlib",
          "jackson-core",
          "snakeyaml",
          "fastcsv",
          "jtokkit");

  @Test
  void hasEveryMethodThatTheBundledLibrariesCall() throws Exception {
    Set<String> called = new TreeSet<>();
    List<File> jars = bundledJars();
    for (File jar : jars) {
      references(jar, called);
    }
    assertThat(jars).hasSizeGreaterThan(15);
    assertThat(called).anyMatch(method -> method.contains("Logger.getLogger("));
    Set<String> provided =
        Arrays.stream(Logger.class.getMethods())
            .map(LoggerTest::signature)
            .collect(Collectors.toSet());
    for (String method : called) {
      if (method.startsWith(JUL + "Level")) {
        continue;
      }
      assertThat(provided)
          .contains(method.replace(JUL + "Logger", "io/costattr/export/jul/Logger"));
    }
  }

  @Test
  void speaksAtDebugOnly() {
    try (Said said = new Said()) {
      Logger logger = Logger.getLogger("okhttp3.OkHttpClient");
      logger.log(Level.SEVERE, "quiet", new IllegalStateException("x"));
      Log.level(Log.Level.DEBUG);
      logger.log(Level.WARNING, "loud", new IllegalStateException("x"));
      logger.finest("too fine");
      assertThat(said.lines())
          .containsExactly(
              "[costattr] okhttp3.OkHttpClient: loud (java.lang.IllegalStateException: x)");
    } finally {
      Log.level(Log.Level.WARN);
    }
  }

  private static List<File> bundledJars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(File::new)
        .filter(file -> BUNDLED.stream().anyMatch(name -> file.getName().startsWith(name)))
        .filter(file -> !file.getName().startsWith("opentelemetry-proto"))
        .toList();
  }

  private static String signature(Method method) {
    return method.getDeclaringClass().getName().replace('.', '/')
        + "."
        + method.getName()
        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
  }

  private static void references(File file, Set<String> called) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".class")) {
          try (InputStream in = jar.getInputStream(entry)) {
            references(in.readAllBytes(), called);
          }
        }
      }
    }
  }

  /** Reads the constant pool, JVM specification section 4.4. */
  private static void references(byte[] classFile, Set<String> called) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipNBytes(8);
    int count = in.readUnsignedShort();
    Object[] pool = new Object[count];
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> pool[i] = in.readUTF();
        case 3, 4, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> pool[i] = new int[] {tag, in.readUnsignedShort(), 0};
        case 9, 10, 11, 12 ->
            pool[i] = new int[] {tag, in.readUnsignedShort(), in.readUnsignedShort()};
        case 15 -> in.skipNBytes(3);
        default -> throw new IOException("tag " + tag);
      }
    }
    for (Object item : pool) {
      if (item instanceof int[] reference && (reference[0] == 10 || reference[0] == 11)) {
        String owner = (String) pool[((int[]) pool[reference[1]])[1]];
        int[] nameAndType = (int[]) pool[reference[2]];
        if (owner.startsWith(JUL)) {
          called.add(owner + "." + pool[nameAndType[1]] + pool[nameAndType[2]]);
        }
      }
    }
  }
}
