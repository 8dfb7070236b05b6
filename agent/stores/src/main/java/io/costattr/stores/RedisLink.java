package io.costattr.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Redis 6 and later: one server, several of which one takes writes, sentinels, or a cluster. A
 * batch is one pipeline of a script for each account, so that it is one round trip (to each node of
 * a cluster). Everything may be sent twice.
 */
final class RedisLink implements Link {
  private static final Script EXCHANGE = Script.of("exchange.lua");
  private static final Script MARK = Script.of("mark.lua");
  private static final Script FORGET = Script.of("forget.lua");
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final long RETRY_NANOS = 1_500_000_000;
  private static final int SCANNED = 1_000;
  private static final int LARGEST_EPOCH = 1_000_000_000;

  private final Address address;
  private final Credentials credentials;
  private final @Nullable Path authorities;
  private @Nullable UnifiedJedis client;
  private int host;

  /**
   * @param authorities by whom the server is believed over TLS, as a PEM file; null for those of the
   *     JVM
   */
  RedisLink(Address address, Credentials credentials, @Nullable Path authorities) {
    this.address = address;
    this.credentials = credentials;
    this.authorities = authorities;
  }

  private interface Work<T> {
    T with(UnifiedJedis client) throws IOException;
  }

  /**
   * Does it; where the connection has gone stale or the server hands over, once more with a new
   * one.
   */
  private <T> T work(Work<T> work) throws IOException {
    long began = System.nanoTime();
    for (int tries = address.hosts().size(); ; tries--) {
      try {
        return work.with(connected());
      } catch (JedisException | IllegalStateException fault) {
        close();
        host = (host + 1) % address.hosts().size();
        if (tries <= 0 || !isOfConnection(fault) || System.nanoTime() - began > RETRY_NANOS) {
          throw new IOException(said(fault), fault);
        }
      }
    }
  }

  private static boolean isOfConnection(RuntimeException fault) {
    return fault instanceof JedisConnectionException
        || fault instanceof IllegalStateException
        || String.valueOf(fault.getMessage()).startsWith("READONLY");
  }

  private static String said(RuntimeException fault) {
    Throwable cause = fault.getCause();
    return fault.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  private UnifiedJedis connected() throws IOException {
    UnifiedJedis known = client;
    if (known == null) {
      known = connect();
      client = known;
    }
    return known;
  }

  private UnifiedJedis connect() throws IOException {
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .user(credentials.user())
            .password(credentials.current())
            .database(address.database());
    if (address.tls()) {
      builder.sslOptions(Tls.options(authorities));
    }
    DefaultJedisClientConfig settings = builder.build();
    return switch (address.kind()) {
      case SINGLE ->
          RedisClient.builder()
              .hostAndPort(of(address.hosts().get(host)))
              .clientConfig(settings)
              .poolConfig(pool())
              .build();
      case CLUSTER ->
          RedisClusterClient.builder()
              .nodes(all())
              .clientConfig(settings)
              .poolConfig(pool())
              .maxTotalRetriesDuration(Duration.ofMillis(TIMEOUT_MILLIS))
              .build();
      case SENTINEL ->
          RedisSentinelClient.builder()
              .masterName(address.master())
              .sentinels(all())
              .clientConfig(settings)
              .sentinelClientConfig(
                  DefaultJedisClientConfig.builder().from(settings).database(0).build())
              .poolConfig(pool())
              .build();
    };
  }

  private Set<HostAndPort> all() {
    return address.hosts().stream().map(RedisLink::of).collect(Collectors.toSet());
  }

  private static HostAndPort of(Address.Host host) {
    return new HostAndPort(host.name(), host.port());
  }

  /** Without JMX and threads of its own. */
  private static ConnectionPoolConfig pool() {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setJmxEnabled(false);
    pool.setMaxTotal(2);
    pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
    pool.setTestWhileIdle(false);
    pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
    return pool;
  }

  @Override
  public List<Reply> exchange(String jvm, long leaseMillis, List<Post> posts) throws IOException {
    String epoch = String.valueOf(1 + ThreadLocalRandom.current().nextInt(LARGEST_EPOCH - 1));
    List<List<String>> arguments = new ArrayList<>(posts.size());
    posts.forEach(post -> arguments.add(arguments(jvm, epoch, leaseMillis, post)));
    List<@Nullable Reply> replies = work(client -> exchange(client, posts, arguments));
    List<Reply> all = new ArrayList<>(replies.size());
    for (Reply reply : replies) {
      if (reply == null) {
        throw new IOException("no answer");
      }
      all.add(reply);
    }
    return all;
  }

  private static List<String> arguments(String jvm, String epoch, long leaseMillis, Post post) {
    return List.of(
        jvm,
        String.valueOf(post.posted()),
        String.valueOf(post.fresh()),
        String.valueOf(post.known()),
        String.valueOf(post.epoch()),
        String.valueOf(post.slot()),
        String.valueOf(post.from()),
        String.valueOf(post.stale()),
        String.valueOf(post.limit()),
        String.valueOf(post.need()),
        String.valueOf(post.want()),
        String.valueOf(leaseMillis),
        String.valueOf(post.ttlMillis()),
        epoch,
        post.name());
  }

  /**
   * Sends all; of those that a node does not take as they are sent, the first by itself, whereby
   * the node learns the script or the client which node it is, and then the others again.
   */
  private static List<@Nullable Reply> exchange(
      UnifiedJedis client, List<Post> posts, List<List<String>> arguments) throws IOException {
    List<@Nullable Reply> replies = new ArrayList<>();
    List<Integer> waiting = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      replies.add(null);
      waiting.add(i);
    }
    while (!waiting.isEmpty()) {
      List<Response<Object>> responses = new ArrayList<>(waiting.size());
      try (AbstractPipeline pipeline = client.pipelined()) {
        for (int i : waiting) {
          responses.add(
              pipeline.evalsha(EXCHANGE.sha1(), List.of(posts.get(i).key()), arguments.get(i)));
        }
        pipeline.sync();
      }
      List<Integer> again = new ArrayList<>();
      for (int at = 0; at < responses.size(); at++) {
        int i = waiting.get(at);
        try {
          replies.set(i, reply(responses.get(at).get()));
        } catch (JedisNoScriptException | JedisRedirectionException | IllegalStateException other) {
          again.add(i);
        }
      }
      if (!again.isEmpty()) {
        int first = again.remove(0);
        replies.set(
            first,
            reply(
                client.eval(
                    EXCHANGE.text(), List.of(posts.get(first).key()), arguments.get(first))));
      }
      waiting = again;
    }
    return replies;
  }

  private static Reply reply(@Nullable Object answer) throws IOException {
    if (answer instanceof List<?> parts && parts.size() == 5) {
      try {
        int epoch = Integer.parseInt(String.valueOf(parts.get(0)));
        long spent = Long.parseLong(String.valueOf(parts.get(1)));
        long inSlot = Long.parseLong(String.valueOf(parts.get(2)));
        long lease = Long.parseLong(String.valueOf(parts.get(3)));
        if (epoch > 0 && spent >= 0 && inSlot >= 0 && lease >= 0) {
          return new Reply(epoch, spent, inSlot, lease, "1".equals(parts.get(4)));
        }
      } catch (NumberFormatException nonsense) {
        throw new IOException("an answer that is none: " + nonsense.getMessage());
      }
    }
    throw new IOException("an answer that is none: " + brief(answer));
  }

  private static String brief(@Nullable Object answer) {
    String text = String.valueOf(answer);
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }

  @Override
  public void ping() throws IOException {
    work(client -> client.exists("costattr"));
  }

  @Override
  public boolean mark(String key, String token, long ttlMillis) throws IOException {
    Object first =
        work(
            client ->
                client.eval(MARK.text(), List.of(key), List.of(token, String.valueOf(ttlMillis))));
    return Long.valueOf(1).equals(first);
  }

  @Override
  public List<State> look(String pattern, long from) throws IOException {
    return work(
        client -> {
          List<State> states = new ArrayList<>();
          if (pattern.indexOf('*') < 0) {
            look(client, List.of(pattern), from, states);
            return states;
          }
          ScanIteration scan = client.scanIteration(SCANNED, pattern);
          while (!scan.isIterationCompleted()) {
            look(client, scan.nextBatch().getResult(), from, states);
          }
          return states;
        });
  }

  private static void look(UnifiedJedis client, List<String> keys, long from, List<State> to)
      throws IOException {
    for (String key : keys) {
      try {
        Map<String, String> fields = client.hgetAll(key);
        if (!fields.isEmpty()) {
          to.add(RedisAccount.state(key, fields, from));
        }
      } catch (JedisDataException notOurs) {
        throw new IOException(key + ": " + notOurs.getMessage(), notOurs);
      }
    }
  }

  @Override
  public void forget(String key) throws IOException {
    String epoch = String.valueOf(1 + ThreadLocalRandom.current().nextInt(LARGEST_EPOCH - 1));
    work(client -> client.eval(FORGET.text(), List.of(key), List.of(epoch)));
  }

  @Override
  public void close() {
    UnifiedJedis open = client;
    client = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException gone) {
        // It is what was wanted.
      }
    }
  }
}
