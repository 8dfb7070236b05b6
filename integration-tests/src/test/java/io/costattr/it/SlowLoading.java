package io.costattr.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent that comes after another one and takes its time with one class, as tracers do. */
public final class SlowLoading implements ClassFileTransformer {
  private static final long MS = 400;

  private final String internalName;

  private SlowLoading(String internalName) {
    this.internalName = internalName;
  }

  public static void premain(String internalName, Instrumentation instrumentation) {
    // As one that can: the others come first.
    instrumentation.addTransformer(new SlowLoading(internalName), true);
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (redefined == null && internalName.equals(name)) {
      try {
        Thread.sleep(MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return null;
  }

  /** The option by which a JVM has it. */
  public static String option(Path directory, String internalName) throws IOException {
    Path file = directory.resolve("slow-loading.jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", SlowLoading.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    String entry = SlowLoading.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream in = SlowLoading.class.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new JarEntry(entry));
      in.transferTo(jar);
      jar.closeEntry();
    }
    return "-javaagent:" + file + "=" + internalName;
  }
}
