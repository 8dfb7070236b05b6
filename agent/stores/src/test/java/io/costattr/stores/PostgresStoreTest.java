package io.costattr.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.costattr.core.budget.BudgetStore.Batch;
import io.costattr.core.budget.BudgetStore.Line;
import io.costattr.loopback.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoreTest extends SharedStoreContract {
  @TempDir private static Path folder;
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    Needs.postgres();
    server = new PostgresServer(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Link link() {
    return link("postgres");
  }

  private static Link link(String user) {
    return new PostgresLink(server.url(), new Credentials(user, null, null));
  }

  @Override
  void empty() throws IOException {
    try {
      Sql.run(server, "TRUNCATE costattr_budget_account CASCADE; TRUNCATE costattr_budget_mark");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  String zero() {
    return "\ufffd";
  }

  @Test
  void jvmsThatBeginAtOnceMakeTheTablesOnce() throws Exception {
    Sql.run(
        server,
        "DROP FUNCTION IF EXISTS costattr_budget_exchange_1; DROP TABLE IF EXISTS"
            + " costattr_budget_lease, costattr_budget_jvm, costattr_budget_spent,"
            + " costattr_budget_mark, costattr_budget_account");
    manyAtOnce(8, 1);
  }

  @Test
  void batchesOfTheSameAccountsInAnyOrderLockNobodyOut() throws Exception {
    manyAtOnce(4, 10);
  }

  private void manyAtOnce(int jvms, int rounds) throws Exception {
    List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < jvms; i++) {
      Jvm jvm = new Jvm("jvm" + i);
      Thread thread =
          new Thread(
              () -> {
                for (int round = 1; round <= rounds; round++) {
                  try {
                    List<Line> lines = new ArrayList<>();
                    for (int c = 0; c < 20; c++) {
                      lines.add(new Line(month("c" + c), DOLLAR, 1, 0, 0));
                    }
                    Collections.shuffle(lines);
                    jvm.store.exchange(new Batch(jvm.name, round, lines));
                  } catch (IOException | RuntimeException fault) {
                    faults.add(fault);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(faults).isEmpty();
    assertThat(new Jvm("last").spend(month("c0"), 0).spent()).isEqualTo((long) jvms * rounds);
  }

  @Test
  void aRoleThatMayNotCreateUsesWhatIsThere() throws Exception {
    new Jvm("owner").spend(month("a"), 1);
    Sql.run(
        server,
        "CREATE ROLE spender LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
            + " GRANT SELECT, INSERT, UPDATE, DELETE ON costattr_budget_account,"
            + " costattr_budget_spent, costattr_budget_jvm, costattr_budget_lease,"
            + " costattr_budget_mark TO spender");
    NetworkStore store =
        new NetworkStore(
            "test",
            link("spender"),
            new Keys("other"),
            java.time.InstantSource.system(),
            NetworkStore.LEASE);
    Batch batch = new Batch("s", 1, List.of(new Line(month("a"), DOLLAR, 4, 1, 1)));
    assertThat(store.exchange(batch).get(0).spent()).isEqualTo(4);
    assertThat(store.firstTime("m", java.time.Instant.now().plusSeconds(9))).isTrue();
  }

  @Test
  void aServerThatIsKilledAndComesBackHasLostNothing() throws Exception {
    Jvm one = new Jvm("one");
    one.post(month("a"), DOLLAR, 5, 3, 3);
    server.kill();
    assertThatThrownBy(() -> one.spend(month("a"), 2)).isInstanceOf(IOException.class);
    server.restart();
    assertThat(one.again().spent()).isEqualTo(7);
  }

  @Test
  void connectionsThatWereClosedAreMadeAgain() throws Exception {
    Jvm one = new Jvm("one");
    one.spend(month("a"), 5);
    Sql.run(
        server,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'costattr'");
    assertThat(one.spend(month("a"), 1).spent()).isEqualTo(6);
  }

  @Test
  void anAddressThatIsNoneIsSaid() {
    Link link = new PostgresLink("jdbc:postgres://x", new Credentials("u", "secret", null));
    assertThatThrownBy(link::ping)
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("secret");
  }
}
