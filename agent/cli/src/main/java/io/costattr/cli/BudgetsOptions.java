package io.costattr.cli;

import io.costattr.core.attribution.Defaults;
import io.costattr.core.budget.BudgetStore;
import io.costattr.core.budget.Review;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.config.Key;
import io.costattr.stores.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where budgets are configured, and where it is kept what they have spent. */
final class BudgetsOptions {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "The configuration file; costattr.yaml where none is named.",
        "COSTATTR_* and -Dcostattr.* count as for the agent."
      })
  @Nullable Path config;

  @Option(
      names = "--budget-file",
      paramLabel = "FILE",
      description = "Where it is kept what was spent, in place of costattr.budget.file.")
  @Nullable Path budgetFile;

  /** For commands that print how budgets stand. */
  static final class Output {
    @Option(names = "--json", description = "Print JSON, for programs; amounts are exact.")
    boolean json;
  }

  /** Something that is done with budgets. */
  interface Work {
    void with(Review review, Defaults defaults) throws IOException, Refusal;
  }

  /** Does something with the budgets and their store, which is closed then. */
  void run(Work work) throws Refusal {
    Config read = read();
    Path file = Path.of(String.valueOf(read.text(Key.CONFIG)));
    if (!Files.isRegularFile(file)) {
      throw new Refusal("there is no file " + file + "; name one with --config");
    }
    if (Stores.isPrivate(read)) {
      throw new Refusal(
          "these budgets are counted in memory (costattr.budget.store): only their JVM knows them");
    }
    Path kept = Path.of(String.valueOf(read.text(Key.BUDGET_FILE)));
    if (Stores.isFile(read) && !Files.isRegularFile(kept)) {
      throw new Refusal(
          "there is no file " + kept + " yet (costattr.budget.file); name one with --budget-file");
    }
    try {
      BudgetStore store = Stores.of(read, InstantSource.system());
      try {
        work.with(Review.of(file, store, InstantSource.system()), Defaults.of(read));
      } finally {
        store.close(CLOSE_LIMIT);
      }
    } catch (IOException fault) {
      throw new Refusal(Terminal.safe(String.valueOf(fault.getMessage())));
    }
  }

  /** The configuration. */
  Config read() {
    return ConfigReader.read(null, properties(), System.getenv());
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    if (config != null) {
      properties.setProperty(Key.PREFIX + Key.CONFIG.id(), config.toString());
    }
    if (budgetFile != null) {
      properties.setProperty(Key.PREFIX + Key.BUDGET_FILE.id(), budgetFile.toString());
    }
    return properties;
  }
}
