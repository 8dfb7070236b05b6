package io.costattr.premain;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/** The entry of {@code java -jar costattr.jar}. Java 8 byte code, as {@link Premain}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Throwable {
    if (!JavaGate.isOpen()) {
      System.err.println(
          "costattr needs Java 17 or later, this is Java " + System.getProperty("java.version"));
      System.exit(2);
    }
    try {
      Object exit =
          Class.forName("io.costattr.premain.Installer")
              .getMethod(
                  "commandLine",
                  String[].class,
                  PrintStream.class,
                  PrintStream.class,
                  java.io.File.class)
              .invoke(null, arguments, System.out, System.err, JavaGate.ownJar());
      System.exit((Integer) exit);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
