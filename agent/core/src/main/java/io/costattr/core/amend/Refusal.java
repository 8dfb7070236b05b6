package io.costattr.core.amend;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Hands an error's body on unchanged, and tells when it is about the option that the agent has
 * added.
 */
public final class Refusal implements BodyFilter {
  private static final byte[][] NAMES = {
    "stream_options".getBytes(US_ASCII), "include_usage".getBytes(US_ASCII)
  };

  private final Runnable refused;
  private final int[] matched = new int[NAMES.length];
  private boolean said;

  /**
   * @param refused run once, when either name of the option has passed
   */
  public Refusal(Runnable refused) {
    this.refused = refused;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output out) {
    out.write(bytes, offset, length);
    for (int i = offset; i < offset + length && !said; i++) {
      for (int name = 0; name < NAMES.length; name++) {
        // Neither name begins again within itself but at its first letter.
        byte b = bytes[i];
        matched[name] =
            b == NAMES[name][matched[name]] ? matched[name] + 1 : b == NAMES[name][0] ? 1 : 0;
        if (matched[name] == NAMES[name].length) {
          said = true;
          refused.run();
          return;
        }
      }
    }
  }

  @Override
  public void end(Output out) {}
}
