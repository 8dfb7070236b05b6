package io.costattr.core.budget;

import java.io.IOException;
import java.util.List;

/** The accounts of a store, for people who look at them or set them right. */
public interface Accounts extends AutoCloseable {

  /**
   * How one stands.
   *
   * @param value for whom it is
   * @param spent what was spent in its window
   * @param held what is reserved for calls, or leased to JVMs
   */
  record Held(String value, long spent, long held) {}

  /** Every account of the budget and the slot of that one, whatever its value. */
  List<Held> all(Account like) throws IOException;

  /** That account; nothing was spent where nobody knows it. */
  Held at(Account account) throws IOException;

  /** From now on so much was spent in it, whatever JVMs remember. */
  void set(Account account, long spent) throws IOException;

  @Override
  void close();
}
