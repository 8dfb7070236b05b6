package io.costattr.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The entry of {@code java -jar costattr-report.jar}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    // Events are UTF-8, whatever the terminal's locale says of itself.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int code = run(arguments, out, err);
    out.flush();
    System.exit(code);
  }

  /**
   * Runs the command.
   *
   * @return 0 done, 1 bad input, 2 bad usage
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    PrintWriter toOut = new PrintWriter(out, false, StandardCharsets.UTF_8);
    PrintWriter toErr = new PrintWriter(err, true, StandardCharsets.UTF_8);
    int code =
        new CommandLine(new ReportCommand())
            .setOut(toOut)
            .setErr(toErr)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (fault, command, parsed) -> {
                  toErr.println("[report] " + message(fault));
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(arguments);
    toOut.flush();
    toErr.flush();
    return code;
  }

  private static String message(Exception fault) {
    return fault instanceof BadInput ? String.valueOf(fault.getMessage()) : fault.toString();
  }
}
