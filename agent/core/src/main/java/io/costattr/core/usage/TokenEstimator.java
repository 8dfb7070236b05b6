package io.costattr.core.usage;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens of text that passed, for a stream that ended without usage. An estimate: it cannot
 * see reasoning, images, the cached part, or how a provider renders tool schemas.
 *
 * <p>The encoding is {@code o200k_base} for every model, asked for by name: the library's own table
 * of models ends before the gpt-5 family and has gpt-4.1 wrong. It is loaded by the first count
 * (0.4 s and 29 MB, once in a JVM), so count on the agent's own threads only. Thread-safe.
 */
public final class TokenEstimator {
  private static final int TOKENS_PER_MESSAGE = 3;
  private static final int TOKENS_PRIMING = 3;

  /**
   * What the chat format adds to a prompt whose number of messages is not known: as {@link
   * #chatOverhead} of one.
   */
  public static final int CHAT_OVERHEAD = TOKENS_PER_MESSAGE + TOKENS_PRIMING;

  /**
   * A run without a break (base64, one letter over and over) is a single piece to the tokenizer,
   * whose work grows faster than the piece: 5 s for 1 MB. Cut into pieces of so many characters it
   * is linear, at 0.2 s, and the count is off by one token for each cut at most.
   */
  private static final int PIECE = 4096;

  /** How many tokens that text is. Work and memory are linear in its length. */
  public long count(String text) {
    long tokens = 0;
    int start = 0;
    while (start < text.length()) {
      int end = pieceEnd(text, start);
      // "Ordinary": text that spells a special token is text, as it is to the provider.
      tokens += Loaded.O200K_BASE.countTokensOrdinary(text.substring(start, end));
      start = end;
    }
    return tokens;
  }

  /**
   * Tokens that the chat format adds to a prompt of so many messages: 3 each, and 3 to prime the
   * answer (OpenAI Cookbook, "How to count tokens with tiktoken").
   */
  public static long chatOverhead(int messages) {
    return (long) Math.max(0, messages) * TOKENS_PER_MESSAGE + TOKENS_PRIMING;
  }

  /** Before the last space of the piece, since a word and the space before it are one token. */
  private static int pieceEnd(String text, int start) {
    int end = start + PIECE;
    if (end >= text.length()) {
      return text.length();
    }
    int space = text.lastIndexOf(' ', end);
    if (space > start + PIECE / 2) {
      return space;
    }
    boolean splitsPair =
        Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return splitsPair ? end - 1 : end;
  }

  private static final class Loaded {
    static final Encoding O200K_BASE =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  }
}
