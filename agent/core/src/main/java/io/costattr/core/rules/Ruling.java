package io.costattr.core.rules;

import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Served;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Asks the user's rules at every call of this JVM. */
public final class Ruling {
  private Ruling() {}

  /**
   * Reads the rules of a configuration file, says what is wrong with them, and asks the rest from
   * now on.
   *
   * @param file null when none has rules
   * @param defaults what holds for calls that do not say, for conditions to look at
   */
  public static void start(@Nullable Path file, Attribution defaults) {
    RuleSet rules = file == null ? RuleSet.NONE : read(file);
    if (rules.size() == 0) {
      return;
    }
    Served.ruled(rules.asksRequests());
    ContextSources.ask(
        (stronger, served) ->
            rules.say(stronger, served == null ? defaults : defaults.overlaid(served), new Here()));
  }

  private static RuleSet read(Path file) {
    try {
      RuleReader reader = RuleReader.read(file);
      for (RuleFault fault : reader.faults()) {
        Log.warn(file + ", " + fault);
      }
      return reader.rules();
    } catch (IOException e) {
      Log.warn("cannot read the rules of " + file + ": " + e.getMessage() + "; none counts");
      return RuleSet.NONE;
    }
  }
}
