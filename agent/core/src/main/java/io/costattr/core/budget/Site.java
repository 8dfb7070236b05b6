package io.costattr.core.budget;

/** What calls from one place have used so far, for what the next may use. Thread-safe. */
final class Site {
  private static final int KB = 1024;

  /** After so many calls a percentile is more than a guess. */
  static final int FEW = 20;

  /** What the place is known by. */
  final long id;

  final Percentile output = new Percentile();
  final Percentile tokensPerKb = new Percentile();
  final Percentile microUsd = new Percentile();

  Site(long id) {
    this.id = id;
  }

  /** One call has used so much. */
  void learn(long textBytes, Spend spend) {
    output.add(spend.outputTokens());
    if (textBytes > 0 && spend.inputTokens() > 0) {
      tokensPerKb.add(spend.inputTokens() * KB / textBytes + 1);
    }
    Long cost = spend.picoUsd();
    if (cost != null) {
      microUsd.add(cost / 1_000_000);
    }
  }

  /**
   * The most tokens that a text of so many bytes is likely to be. Before anything is known, half as
   * many as bytes: more than any language has, and fewer than random letters can have.
   */
  long inputTokens(long textBytes) {
    return tokensPerKb.seen() < FEW
        ? (textBytes + 1) / 2
        : Math.min(textBytes, tokensPerKb.get() * textBytes / KB + 1);
  }
}
