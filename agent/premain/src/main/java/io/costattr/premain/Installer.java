package io.costattr.premain;

import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes the agent's class loader and hands over to what it loads. */
public final class Installer extends Handover {

  /** Called by the entry, by way of its name. */
  public Installer() {}

  @Override
  @SuppressWarnings("unchecked")
  String install(@Nullable String argument, Instrumentation instrumentation, File jar)
      throws Exception {
    CostattrLoader loader = new CostattrLoader(jar);
    // Opens java.lang to the agent's loader alone. Opening it to this class would open it to
    // everything on the class path.
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(loader.getUnnamedModule())),
        Set.of(),
        Map.of());
    BiFunction<@Nullable String, Instrumentation, String> agent =
        (BiFunction<@Nullable String, Instrumentation, String>)
            loader.loadClass("io.costattr.weaving.Agent").getDeclaredConstructor().newInstance();
    return agent.apply(argument, instrumentation);
  }

  @Override
  int commandLine(String[] arguments, PrintStream out, PrintStream err, File jar) throws Exception {
    CostattrLoader loader = new CostattrLoader(jar);
    Thread.currentThread().setContextClassLoader(loader);
    System.setProperty("io.costattr.jar", jar.getPath());
    return (Integer)
        loader
            .loadClass("io.costattr.cli.Main")
            .getMethod("run", String[].class, PrintStream.class, PrintStream.class)
            .invoke(null, arguments, out, err);
  }
}
