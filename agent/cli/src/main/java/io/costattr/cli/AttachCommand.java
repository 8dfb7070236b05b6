package io.costattr.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads the agent into a JVM that runs already. */
@Command(
    name = "attach",
    description = "Loads the agent into a running JVM (Java 17 or later) of the same user.",
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example: attach 4711 events.file=/var/log/ai.jsonl,log=info",
      "Paths are those of the other JVM. It sees calls that begin from then on."
    })
final class AttachCommand implements Callable<Integer> {
  private static final String DISABLED = "-XX:+DisableAttachMechanism";

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process id; see jps.")
  String pid = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY=VALUE,...",
      description = "Configuration, as behind -javaagent:costattr.jar=")
  String options = "";

  @Override
  public Integer call() throws Exception {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = command.commandLine().getOut();
    ProcessHandle process = process();
    try (RunningJvm jvm = RunningJvm.attach(pid)) {
      String java = jvm.property("java.specification.version");
      if (java == null || feature(java) < 17) {
        throw new Refusal(
            "JVM " + pid + " is Java " + java + "; the agent needs Java 17 or later there");
      }
      String running = jvm.property(RunningJvm.AGENT_VERSION);
      if (running != null) {
        out.println(running + " is already running in JVM " + pid + "; nothing was done");
        return 0;
      }
      String jar = System.getProperty("io.costattr.jar");
      if (jar == null) {
        throw new Refusal("start this command with java -jar costattr.jar");
      }
      jvm.load(new java.io.File(jar).getAbsolutePath(), options);
      String started = jvm.property(RunningJvm.AGENT_VERSION);
      if (started == null) {
        throw new Refusal(
            "the agent was loaded into JVM "
                + pid
                + " and did not start: its standard error says why, unless enabled=false is set");
      }
      out.println(started + " now runs in JVM " + pid);
      return 0;
    } catch (RunningJvm.Unreachable e) {
      throw new Refusal("cannot attach to " + pid + ": " + reason(process, e));
    }
  }

  private ProcessHandle process() throws Refusal {
    long number;
    try {
      number = Long.parseLong(pid);
    } catch (NumberFormatException e) {
      number = 0;
    }
    if (number <= 0) {
      throw new Refusal("\"" + pid + "\" is no process id; jps lists the JVMs' ids");
    }
    Optional<ProcessHandle> process = ProcessHandle.of(number);
    if (process.isEmpty()) {
      throw new Refusal("there is no process " + pid + "; jps lists the JVMs' ids");
    }
    if (number == ProcessHandle.current().pid()) {
      throw new Refusal(pid + " is this command itself");
    }
    for (String argument : process.get().info().arguments().orElse(new String[0])) {
      if (argument.equals(DISABLED)) {
        throw new Refusal(disabled());
      }
    }
    return process.get();
  }

  private String disabled() {
    return "JVM " + pid + " runs with " + DISABLED + "; start it with -javaagent:costattr.jar";
  }

  private static String reason(ProcessHandle process, Exception fault) {
    String own = ProcessHandle.current().info().user().orElse("");
    String owner = process.info().user().orElse("");
    if (!owner.isEmpty() && !owner.equals(own)) {
      return "the process is " + owner + "'s and you are " + own + "; run this command as " + owner;
    }
    String message = String.valueOf(fault.getMessage());
    if (message.contains("Dynamic agent loading is not enabled")) {
      return "it runs with -XX:-EnableDynamicAgentLoading; start it with -javaagent:costattr.jar";
    }
    return message
        + "; is it a JVM, of the same user, in the same container, without "
        + DISABLED
        + "?";
  }

  private static int feature(String specification) {
    String number = specification.startsWith("1.") ? specification.substring(2) : specification;
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
