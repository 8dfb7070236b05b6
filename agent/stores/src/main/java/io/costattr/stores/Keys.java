package io.costattr.stores;

import io.costattr.core.budget.Account;

/**
 * Where accounts are kept: {@code costattr:{BUDGET|VALUE}:1793491200000}. What stands in braces
 * decides on which node of a Redis cluster a key is (Redis cluster specification, hash tags): one
 * account is never on two. The slots of a window that rolls are one account.
 */
final class Keys {
  private static final String ROLLING = "rolling";

  private final String prefix;

  Keys(String prefix) {
    this.prefix = prefix;
  }

  String of(Account account) {
    return prefix
        + ":{"
        + Account.keyPart(account.budget())
        + "|"
        + Account.keyPart(account.value())
        + "}:"
        + slot(account);
  }

  /** All accounts of a budget, with stars for what differs. */
  String all(String budget) {
    return prefix + ":{" + Account.keyPart(budget) + "|*}:*";
  }

  String mark(String mark) {
    return prefix + ":mark:{" + Account.keyPart(mark) + "}";
  }

  private static String slot(Account account) {
    return account.step() == 0 ? String.valueOf(account.slot()) : ROLLING;
  }

  /** For whom an account is; empty when the key tells it. */
  static String name(Account account) {
    return Account.keyPart(account.value()).equals(account.value()) ? "" : account.value();
  }

  /** For whom it is, as its key tells. */
  static String value(String key) {
    return key.substring(key.indexOf('|') + 1, key.indexOf('}'));
  }
}
