package io.costattr.it.versions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.jspecify.annotations.Nullable;

/**
 * Compiles programs in Kotlin, for libraries whose API Java cannot call: names of methods that hold
 * a hyphen, functions that suspend. The compiler is fetched when the first of them is compiled, and
 * kept, since it is slow to start.
 */
final class Kotlin {
  private static final String VERSION = "2.4.21";
  private static final String COMPILER =
      "org.jetbrains.kotlin:kotlin-compiler-embeddable:" + VERSION;

  /** What compiled programs call; a library's own may be older. */
  static final String STDLIB = "org.jetbrains.kotlin:kotlin-stdlib:" + VERSION;

  private static @Nullable ClassLoader loader;

  private Kotlin() {}

  /** One at a time: the compiler is large. */
  static synchronized void compile(Path source, Path classes, String classPath) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Class<?> compiler = loader().loadClass("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
    Object result =
        compiler
            .getMethod("exec", PrintStream.class, String[].class)
            .invoke(
                compiler.getConstructor().newInstance(),
                new PrintStream(said, true, UTF_8),
                new String[] {
                  source.toString(),
                  "-no-stdlib",
                  "-no-reflect",
                  "-nowarn",
                  "-Xskip-metadata-version-check",
                  "-jvm-target",
                  "17",
                  "-classpath",
                  classPath,
                  "-d",
                  classes.toString()
                });
    if (!"OK".equals(String.valueOf(result))) {
      throw new AssertionError("the program does not compile: " + said.toString(UTF_8));
    }
  }

  private static ClassLoader loader() throws IOException {
    if (loader == null) {
      URL[] urls =
          Arrays.stream(Maven.resolver().resolve(COMPILER).withTransitivity().asFile())
              .map(
                  file -> {
                    try {
                      return file.toURI().toURL();
                    } catch (MalformedURLException e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .toArray(URL[]::new);
      loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }
    return loader;
  }
}
