package io.costattr.benchmarks;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Prospect;
import io.costattr.core.budget.file.FileStore;
import io.costattr.core.price.PriceBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** Budgets as a configuration file has them, counted in memory, and calls that concern them. */
public final class Policies {
  private Policies() {}

  /** The budgets of that file, once they are ready. */
  public static Budgets open(String yaml) throws IOException {
    Path directory = Files.createTempDirectory("budgets");
    Path file = Files.writeString(directory.resolve("costattr.yaml"), yaml);
    Budgets budgets =
        new Budgets(
            new Budgets.Settings(file, Duration.ofSeconds(5), Duration.ofMinutes(15), null, null),
            FileStore.inMemory(InstantSource.system()),
            PriceBook::builtIn,
            InstantSource.system(),
            notice -> {});
    budgets.poll();
    directory.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    return budgets;
  }

  /** A call of gpt-5.5, about to be made. */
  public static Prospect call(String customer, String environment, Instant at) {
    return new Prospect(
        new ResolvedAttribution(
            "chat", "/chat", customer, "search", environment, Map.of(), Set.of(), Sources.NONE),
        "openai",
        true,
        "api.openai.com",
        "chat",
        "gpt-5.5",
        null,
        1_000,
        0,
        500,
        null,
        "com.acme.Chat.ask:12",
        null,
        0,
        at);
  }
}
