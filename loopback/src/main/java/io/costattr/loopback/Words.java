package io.costattr.loopback;

import java.util.ArrayList;
import java.util.List;

/** The text of answers: common English words, each with its space one token of o200k_base. */
final class Words {
  private static final String[] LIST =
      ("the order was sent on time and will be with you by the end of this week so there is"
              + " nothing more to do but if you need help we are here for you")
          .split(" ");

  private Words() {}

  /** The tokens of a text of {@code count} words: put together they read with single spaces. */
  static List<String> tokens(int count) {
    List<String> tokens = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String word = LIST[i % LIST.length];
      tokens.add(i == 0 ? word : " " + word);
    }
    return tokens;
  }

  static String text(int count) {
    return String.join("", tokens(count));
  }
}
