package io.costattr.cli;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.exchange.Fingerprints;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says by what a budget knows a provider's key. */
@Command(
    name = "fingerprint",
    description = {
      "Says by what a budget knows a provider's key, which is read from standard input:",
      "a line of it. Needs costattr.fingerprint.secret."
    },
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example:",
      "  echo \"$OPENAI_API_KEY\" | java -jar costattr.jar budgets fingerprint"
    })
final class BudgetsFingerprintCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin BudgetsOptions options = new BudgetsOptions();

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    Config config = options.read();
    String secret = config.text(Key.FINGERPRINT_SECRET);
    if (secret == null) {
      throw new Refusal("there is no costattr.fingerprint.secret, without which it would not hold");
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String key = in.readLine();
    if (key == null || key.isBlank()) {
      throw new Refusal("there is no key on standard input");
    }
    Fingerprints.key(secret);
    spec.commandLine().getOut().println(Fingerprints.ofKey(key));
    return 0;
  }
}
