package io.costattr.benchmarks;

import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Decision;
import io.costattr.core.budget.Reservation;
import io.costattr.core.budget.Spend;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Prints what a million customers with budgets hold of the heap, in MB: customers who have each
 * made a call, first with one limit for all, then with a limit of its own for each.
 */
final class ManyCustomers {
  private static final int CUSTOMERS = 1_000_000;
  private static final Spend COST = new Spend(1_000_000L, null, 0, 250, 100, 1);

  private ManyCustomers() {}

  public static void main(String[] args) throws Exception {
    System.out.println("| a million customers | MB |");
    System.out.println("|---|---|");
    measure("with one limit for all", "");
    Path plans = Files.createTempFile("plans", ".csv");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(plans))) {
      for (int i = 0; i < CUSTOMERS; i++) {
        out.println(customer(i) + ",$" + (50 + i % 100));
      }
    }
    measure("with a limit of its own for each", "  overrides_file: " + plans + "\n");
    Files.delete(plans);
    System.exit(0);
  }

  private static String customer(int i) {
    return "customer-" + (1_000_000 + i);
  }

  private static void measure(String what, String more) throws IOException, InterruptedException {
    long before = used();
    Budgets budgets =
        Policies.open(
            "budgets:\n- name: customers\n  each: customer_id\n  limit: $50\n  window: month\n"
                + "  action: block\n"
                + more);
    Instant now = Instant.now();
    for (int i = 0; i < CUSTOMERS; i++) {
      Decision decision = budgets.admit(Policies.call(customer(i), "production", now));
      ((Reservation) decision).settle(COST);
    }
    // What was settled is posted four times a second.
    Thread.sleep(5_000);
    System.out.printf("| %s | %d |%n", what, (used() - before) >> 20);
    // It is still there.
    budgets.close(Duration.ofSeconds(10));
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      runtime.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
