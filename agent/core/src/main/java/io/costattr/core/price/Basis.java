package io.costattr.core.price;

import java.util.Locale;

/** Where the dollar figure of an entry comes from; {@code cost_basis} in the event. */
public enum Basis {
  /** The provider's usage, priced by the book. */
  REPORTED,
  /** The provider's own charge. */
  PROVIDER,
  /** Tokens counted from what passed, because the stream ended without usage. */
  ESTIMATED,
  /** Nothing was billed: an error answer, or a free endpoint. */
  NONE,
  /** Usage is known, but the book has no price for it: the cost is null, never zero. */
  UNPRICED,
  /**
   * The provider has accepted the work and answers by another call: the entry of that call, of the
   * same response id, will have the cost. Null here.
   */
  PENDING,
  /** Neither usage nor estimate: what it cost is not known. The cost is null, never zero. */
  UNKNOWN;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name in events, for example {@code reported}. */
  public String id() {
    return id;
  }
}
