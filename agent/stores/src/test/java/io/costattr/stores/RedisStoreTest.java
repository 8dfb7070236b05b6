package io.costattr.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.costattr.loopback.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class RedisStoreTest extends SharedStoreContract {
  @TempDir private static Path folder;
  private static RedisServer server;

  @BeforeAll
  static void start() throws IOException {
    Needs.redis();
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Link link() {
    return link(server.address());
  }

  private static Link link(String address) {
    return new RedisLink(Address.of(address), new Credentials(null, null, null), null);
  }

  @Override
  void empty() {
    try (Jedis jedis = connect(server)) {
      jedis.flushAll();
    }
  }

  @Test
  void scriptsThatTheServerForgotAreSentAgain() throws IOException {
    Jvm one = new Jvm("one");
    one.spend(month("a"), 1);
    try (Jedis jedis = connect(server)) {
      jedis.scriptFlush();
    }
    assertThat(one.spend(month("a"), 1).spent()).isEqualTo(2);
  }

  @Test
  void nothingIsKeptForLong() throws IOException {
    Jvm one = new Jvm("one");
    one.post(month("kept"), DOLLAR, 1, 1, 1);
    try (Jedis jedis = connect(server)) {
      for (String key : jedis.keys("*kept*")) {
        assertThat(jedis.pttl(key)).isBetween(24L * 3_600_000, 49L * 3_600_000);
      }
      one.store.firstTime("kept-mark", java.time.Instant.now().plusSeconds(5));
      assertThat(jedis.pttl(jedis.keys("*kept-mark*").iterator().next())).isBetween(1L, 5_000L);
    }
  }

  @Test
  void whatSomebodyElsePutThereIsNoAccount() throws IOException {
    Jvm one = new Jvm("one");
    one.spend(month("odd"), 5);
    try (Jedis jedis = connect(server)) {
      String key = jedis.keys("*|odd}*").iterator().next();
      jedis.hset(
          key,
          Map.of("u" + month("odd").slot(), "1e99", "lx", "many", "cx", "-", "q", "", "b", "7"));
      assertThat(one.spend(month("odd"), 1).spent()).isEqualTo(1);
      jedis.del(key);
      jedis.set(key, "nonsense");
      assertThat(one.spend(month("odd"), 1).spent()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatWritesNothingIsDown() throws IOException {
    Jvm one = new Jvm("one");
    one.spend(month("full"), 5);
    try (Jedis jedis = connect(server)) {
      jedis.configSet("maxmemory", "1");
      try {
        assertThatThrownBy(() -> one.spend(month("full"), 1))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("OOM");
      } finally {
        jedis.configSet("maxmemory", "0");
      }
      assertThat(one.again().spent()).isEqualTo(6);
    }
  }

  @Test
  void evictedAccountsAreRemembered() throws IOException {
    Jvm one = new Jvm("one");
    one.spend(month("evicted"), 5);
    try (Jedis jedis = connect(server)) {
      jedis.del(jedis.keys("*|evicted}*").iterator().next());
    }
    assertThat(one.spend(month("evicted"), 1).spent()).isEqualTo(6);
  }

  @Test
  void connectionsThatWereClosedAreMadeAgain() throws IOException {
    Jvm one = new Jvm("one");
    one.spend(month("a"), 5);
    try (Jedis jedis = connect(server)) {
      jedis.clientKill(
          new redis.clients.jedis.params.ClientKillParams()
              .skipMe(redis.clients.jedis.params.ClientKillParams.SkipMe.YES));
    }
    assertThat(one.spend(month("a"), 1).spent()).isEqualTo(6);
  }

  private static Jedis connect(RedisServer server) {
    return new Jedis("127.0.0.1", server.port());
  }
}
