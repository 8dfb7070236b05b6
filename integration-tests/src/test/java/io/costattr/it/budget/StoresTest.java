package io.costattr.it.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.costattr.it.CommandLine;
import io.costattr.loopback.LoopbackOpenAi;
import io.costattr.loopback.servers.PostgresServer;
import io.costattr.loopback.servers.Programs;
import io.costattr.loopback.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs with the agent and the command line, over a server that all name. */
class StoresTest {
  private static final String SDK = "RateLimitException:429:monthly_ai_quota_exceeded";

  @TempDir private Path directory;

  private static void need(String program, String debianPackage) {
    if (Programs.find(program) == null) {
      String message = program + " is not installed (Debian package " + debianPackage + ")";
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      abort(message);
    }
  }

  @Test
  void aFleetOverRedis() throws Exception {
    need("redis-server", "redis-server");
    try (RedisServer server = RedisServer.start(directory, "--requirepass", "pass word")) {
      share("redis://127.0.0.1:" + server.port(), "budget.store.password: pass word\n");
    }
  }

  @Test
  void aFleetOverPostgres() throws Exception {
    need("initdb", "postgresql");
    try (PostgresServer server = new PostgresServer(directory)) {
      share(server.url(), "budget.store.user: " + PostgresServer.USER + "\n");
    }
  }

  private void share(String store, String more) throws Exception {
    Path one = member("one", store, more);
    Path other = member("other", store, more);
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        Program first = Program.start(one, server.baseUrl());
        Program second = Program.start(other, server.baseUrl())) {
      assertThat(first.calls("openai", "acme", 3, 1)).isEqualTo("ok=3");
      assertThat(second.calls("okhttp", "acme", 1, 1)).isEqualTo("ok=1");
      assertThat(second.calls("openai", "beta", 1, 1)).isEqualTo("ok=1");
      assertThat(first.calls("openai", "acme", 4, 1)).endsWith("ok=1").startsWith(SDK + "=3");
      assertThat(second.calls("openai", "acme", 2, 1)).isEqualTo(SDK + "=2");
      assertThat(server.server().requests()).hasSize(6);

      String shown = cli(one, "show");
      assertThat(shown.replaceAll(" +", " ")).contains("calls acme 5 calls 5 calls 100 ");
      assertThat(cli(one, "explain", "--customer", "acme")).contains("The call is blocked.");
      assertThat(cli(one, "explain", "--customer", "acme", "--json")).contains("\"blocked\":true");
      assertThat(cli(one, "show", "--json"))
          .contains("\"budget\":\"calls\",\"value\":\"acme\",\"unit\":\"calls\",\"limit\":5");
      assertThat(cli(other, "reset", "calls", "--value", "acme")).contains("begins anew");
      awaitOk(second, "acme");

      assertThat(first.end().err()).doesNotContain("internal fault", "SLF4J");
      assertThat(second.end().err()).doesNotContain("internal fault", "SLF4J");
    }
  }

  private Path member(String name, String store, String more) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    Files.writeString(
        folder.resolve("costattr.yaml"),
        "budget.store: "
            + store
            + "\nbudget.store.timeout: 10000\n"
            + more
            + "budgets: [{name: calls, each: customer_id, limit: 5 calls, window: month,"
            + " action: block}]\n",
        UTF_8);
    return folder;
  }

  private static void awaitOk(Program program, String customer) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!program.calls("okhttp", customer, 1, 1).equals("ok=1")) {
      assertThat(System.nanoTime()).as(program.said()).isLessThan(deadline);
    }
  }

  private static String cli(Path folder, String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "budgets";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return CommandLine.run(folder, "", command);
  }
}
