package io.costattr.stores;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to a server that keeps budgets. One thread uses it. Whatever fails throws. */
interface Link extends AutoCloseable {

  /**
   * What a JVM says of one account.
   *
   * @param key where the account is kept, by {@link Keys}
   * @param slot the beginning of the slot that was spent in
   * @param from of the first slot that counts
   * @param stale slots that begin before count for nobody
   * @param name for whom the account is, where the key does not tell; else empty
   * @param posted all that this JVM has ever spent in the slot
   * @param fresh the part of it that came after the server was last heard
   * @param known what the server had last said of the slot, all JVMs together
   * @param epoch the server's word by which it is known that it has forgotten; 0 when it was never
   *     heard
   * @param limit what may be spent
   * @param need the least that this JVM must hold; negative to leave it as it is
   * @param want the most that it wants to hold
   * @param ttlMillis how long the account must be kept
   */
  record Post(
      String key,
      long slot,
      long from,
      long stale,
      String name,
      long posted,
      long fresh,
      long known,
      int epoch,
      long limit,
      long need,
      long want,
      long ttlMillis) {}

  /**
   * What the server says of it.
   *
   * @param spent in all slots that count
   * @param inSlot in the slot
   * @param lease what this JVM may hold
   * @param scarce there is not enough for everybody
   */
  record Reply(int epoch, long spent, long inSlot, long lease, boolean scarce) {}

  /**
   * How an account stands.
   *
   * @param key where it is kept
   * @param name for whom it is, where the key does not tell; else null
   * @param spent in all slots that count
   */
  record State(String key, @Nullable String name, long spent) {}

  /**
   * Posts, in one round trip.
   *
   * @param jvm a name of this JVM
   * @param leaseMillis how long leases hold
   * @return a reply for each, in their order
   */
  List<Reply> exchange(String jvm, long leaseMillis, List<Post> posts) throws IOException;

  /** Whether the server is there. */
  void ping() throws IOException;

  /**
   * Whether nobody has set that mark before; also when it was set by a question with the same
   * token.
   */
  boolean mark(String key, String token, long ttlMillis) throws IOException;

  /**
   * How accounts stand.
   *
   * @param pattern a key, in which a star stands for any characters
   * @param from the beginning of the first slot that counts
   */
  List<State> look(String pattern, long from) throws IOException;

  /** Nothing was spent in an account, whatever JVMs remember; what they hold stays. */
  void forget(String key) throws IOException;

  @Override
  void close();
}
