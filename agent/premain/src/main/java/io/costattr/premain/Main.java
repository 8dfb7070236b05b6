package io.costattr.premain;

/** The entry of {@code java -jar costattr.jar}. Java 8 byte code, as {@link Premain}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    if (!JavaGate.isOpen()) {
      System.err.println(
          "costattr needs Java 17 or later, this is Java " + System.getProperty("java.version"));
      System.exit(2);
    }
    System.exit(Handover.load().commandLine(arguments, System.out, System.err, JavaGate.ownJar()));
  }
}
