package io.costattr.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.costattr.core.budget.Account;
import io.costattr.core.budget.BudgetStore;
import io.costattr.core.budget.BudgetStore.Batch;
import io.costattr.core.budget.BudgetStore.Grant;
import io.costattr.core.budget.BudgetStore.Line;
import io.costattr.core.config.ConfigReader;
import io.costattr.loopback.servers.Ports;
import io.costattr.loopback.servers.Programs;
import io.costattr.loopback.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The servers that a configuration may name. */
class RedisServersTest {
  private static final int SLOTS = 16_384;

  @TempDir private Path folder;
  private final List<RedisServer> servers = new ArrayList<>();
  private long batches;

  @AfterEach
  void stop() throws InterruptedException {
    for (RedisServer server : servers) {
      server.close();
    }
  }

  private RedisServer server(String... options) throws IOException {
    Needs.redis();
    RedisServer server = RedisServer.start(folder, options);
    servers.add(server);
    return server;
  }

  /** As the agent opens it. */
  private static BudgetStore open(Map<String, String> config) throws IOException {
    Properties properties = new Properties();
    config.forEach((key, value) -> properties.setProperty("costattr.budget.store" + key, value));
    return Stores.of(ConfigReader.read(null, properties, Map.of()), InstantSource.system());
  }

  private List<Grant> spend(BudgetStore store, int accounts, long each) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      Account account = SharedStoreContract.month("customer-" + i);
      lines.add(new Line(account, 1_000_000, each, 10, 10));
    }
    return store.exchange(new Batch("jvm", ++batches, lines));
  }

  @Test
  void usersOfAnAccessListWithAPasswordThatChanges() throws Exception {
    RedisServer server = server();
    Path password = Files.writeString(folder.resolve("password"), "first\n");
    try (Jedis jedis = connect(server)) {
      jedis.aclSetUser("costattr", "on", ">first", "~costattr:*", "+@all", "-@dangerous");
      jedis.aclSetUser("default", "off");
      Map<String, String> config =
          Map.of("", server.address(), ".user", "costattr", ".password.file", password.toString());
      BudgetStore store = open(config);
      assertThat(spend(store, 3, 5).get(2).spent()).isEqualTo(5);

      jedis.auth("costattr", "first");
      Files.writeString(password, "second");
      server.kill();
      server.restart();
      try (Jedis anew = connect(server)) {
        anew.aclSetUser("costattr", "on", ">second", "~costattr:*", "+@all", "-@dangerous");
        anew.aclSetUser("default", "off");
      }
      assertThat(spend(store, 3, 5).get(2).spent()).isEqualTo(10);
      store.close(java.time.Duration.ofSeconds(1));

      BudgetStore wrong =
          open(Map.of("", "redis://costattr:wrong-word@127.0.0.1:" + server.port()));
      assertThatThrownBy(() -> spend(wrong, 1, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("wrong-word");
    }
  }

  @Test
  void whatAServerKeptOnItsDiskIsNotCountedTwice() throws Exception {
    RedisServer server = server("--appendonly", "yes", "--appendfsync", "always");
    BudgetStore store = open(Map.of("", server.address()));
    assertThat(spend(store, 3, 5).get(2).spent()).isEqualTo(5);
    restartAndLoad(server);
    assertThat(spend(store, 3, 5).get(2).spent()).isEqualTo(10);
    restartAndLoad(server);
    BudgetStore another = open(Map.of("", server.address()));
    assertThat(spend(another, 3, 0).get(2).spent()).isEqualTo(10);
  }

  private static void restartAndLoad(RedisServer server) throws Exception {
    server.kill();
    server.restart();
    try (Jedis jedis = connect(server)) {
      Programs.await(() -> jedis.info("persistence").contains("\nloading:0"));
    }
  }

  @Test
  void overTlsWhoIsNotBelievedIsToldNothing() throws Exception {
    Needs.program("openssl", "openssl");
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("certificate.pem");
    Process made =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    assertThat(made.waitFor()).isZero();
    int port = Ports.free();
    server(
        "--tls-port", String.valueOf(port),
        "--tls-cert-file", certificate.toString(),
        "--tls-key-file", key.toString(),
        "--tls-auth-clients", "no");
    String trusted = certificate.toString();

    BudgetStore store = open(Map.of("", "rediss://localhost:" + port, ".authorities", trusted));
    assertThat(spend(store, 1, 5).get(0).spent()).isEqualTo(5);
    // Its certificate is of another name, or of nobody's making that is known.
    BudgetStore byAddress = open(Map.of("", "rediss://127.0.0.1:" + port, ".authorities", trusted));
    assertThatThrownBy(() -> spend(byAddress, 1, 1)).isInstanceOf(IOException.class);
    BudgetStore unknown = open(Map.of("", "rediss://localhost:" + port));
    assertThatThrownBy(() -> spend(unknown, 1, 1)).isInstanceOf(IOException.class);
    assertThat(spend(store, 1, 0).get(0).spent()).isEqualTo(5);
  }

  @Test
  void theNodesOfACluster() throws Exception {
    List<RedisServer> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nodes.add(server("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
    }
    for (int i = 0; i < 3; i++) {
      try (Jedis jedis = connect(nodes.get(i))) {
        for (RedisServer other : nodes) {
          jedis.clusterMeet("127.0.0.1", other.port());
        }
        jedis.clusterAddSlotsRange(i * SLOTS / 3, (i + 1) * SLOTS / 3 - 1);
      }
    }
    for (RedisServer node : nodes) {
      try (Jedis jedis = connect(node)) {
        Programs.await(() -> jedis.clusterInfo().contains("cluster_state:ok"));
      }
    }
    BudgetStore store = open(Map.of("", "redis-cluster://127.0.0.1:" + nodes.get(0).port()));
    assertThat(spend(store, 300, 5)).allMatch(grant -> grant.spent() == 5);
    for (RedisServer node : nodes) {
      try (Jedis jedis = connect(node)) {
        assertThat(jedis.dbSize()).isGreaterThan(50);
        // A script that a node has lost, and a slot that has moved on.
        jedis.scriptFlush();
      }
    }
    moveAll(nodes.get(0), nodes.get(1));
    assertThat(spend(store, 300, 1)).allMatch(grant -> grant.spent() == 6);
    assertThat(store.firstTime("a mark", java.time.Instant.now().plusSeconds(60))).isTrue();
  }

  /** Moves the slots of one node, with what is in them, to another. */
  private static void moveAll(RedisServer from, RedisServer to) {
    try (Jedis source = connect(from);
        Jedis target = connect(to)) {
      String sourceId = source.clusterMyId();
      String targetId = target.clusterMyId();
      for (int slot = 0; slot < SLOTS / 3; slot++) {
        if (source.clusterCountKeysInSlot(slot) == 0) {
          continue;
        }
        target.clusterSetSlotImporting(slot, sourceId);
        source.clusterSetSlotMigrating(slot, targetId);
        for (String key : source.clusterGetKeysInSlot(slot, 100)) {
          source.migrate("127.0.0.1", to.port(), key, 0, 5_000);
        }
        source.clusterSetSlotNode(slot, targetId);
        target.clusterSetSlotNode(slot, targetId);
      }
    }
  }

  @Test
  void aReplicaThatTakesOverAndWhatItHadNotHeard() throws Exception {
    RedisServer primary = server();
    RedisServer replica = server("--replicaof", "127.0.0.1 " + primary.port());
    BudgetStore store =
        open(Map.of("", "redis://127.0.0.1:" + primary.port() + ",127.0.0.1:" + replica.port()));
    try (Jedis jedis = connect(replica)) {
      Programs.await(() -> jedis.info("replication").contains("master_link_status:up"));
      spend(store, 5, 10);
      Programs.await(() -> jedis.dbSize() == 5);
      Programs.await(() -> replicated(primary, jedis));
      // What comes now never reaches the replica.
      jedis.replicaofNoOne();
      spend(store, 5, 7);
      primary.kill();
      assertThat(spend(store, 5, 1)).allMatch(grant -> grant.spent() == 18);
      // The old one comes back as a replica, and is not written to.
      primary.restart();
      try (Jedis old = connect(primary)) {
        old.replicaof("127.0.0.1", replica.port());
        replica.kill();
        assertThatThrownBy(() -> spend(store, 5, 1)).isInstanceOf(IOException.class);
        old.replicaofNoOne();
      }
      BudgetStore same = store;
      assertThat(spend(same, 5, 0)).allMatch(grant -> grant.spent() >= 18);
    }
  }

  private static boolean replicated(RedisServer primary, Jedis replica) {
    try (Jedis jedis = connect(primary)) {
      String offset = field(jedis.info("replication"), "master_repl_offset");
      return offset.equals(field(replica.info("replication"), "slave_repl_offset"));
    }
  }

  private static String field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sentinelsSayWhichIsThePrimary() throws Exception {
    RedisServer primary = server();
    int port = Ports.free();
    Path file =
        Files.writeString(
            folder.resolve("sentinel.conf"),
            "port "
                + port
                + "\nbind 127.0.0.1\nsentinel monitor billing 127.0.0.1 "
                + primary.port()
                + " 1\n");
    Path log = folder.resolve("sentinel.log");
    Process sentinel =
        new ProcessBuilder("redis-server", file.toString(), "--sentinel")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Programs.awaitPort(port, sentinel, log);
      BudgetStore store = open(Map.of("", "redis-sentinel://127.0.0.1:" + port + "/billing"));
      assertThat(spend(store, 2, 5).get(1).spent()).isEqualTo(5);
      store.close(java.time.Duration.ofSeconds(1));
    } finally {
      sentinel.destroyForcibly().waitFor();
    }
  }

  @Test
  void addressesThatAreNone() {
    for (String text :
        List.of(
            "redis://",
            "redis://h:0",
            "redis://h:99999",
            "redis://h/x",
            "redis://h/1/2",
            "redis-cluster://h/1",
            "redis-sentinel://h",
            "redis://h,,i",
            "http://h",
            "redis:h")) {
      assertThat(Address.of(text)).as(text).isNull();
    }
    assertThat(Address.of("rediss-sentinel://u:p%40%2F@a,[::1]:7/m/3"))
        .isEqualTo(
            new Address(
                Address.Kind.SENTINEL,
                true,
                List.of(new Address.Host("a", 26_379), new Address.Host("::1", 7)),
                3,
                "m",
                "u",
                "p@/"));
  }

  private static Jedis connect(RedisServer server) {
    return new Jedis("127.0.0.1", server.port());
  }
}
