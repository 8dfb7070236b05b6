package io.costattr.core.attribution;

/**
 * What the value of a dimension or a tag may be, where it comes from elsewhere than the
 * application's own word: a value that does not fit is not taken, rather than cut, which would make
 * it another's.
 */
public final class Bounds {
  /** The longest value that is taken. */
  public static final int MOST_CHARACTERS = 256;

  private Bounds() {}

  /** Neither too long nor with control characters, nor the mark of what could not be decoded. */
  public static boolean fits(CharSequence text) {
    if (text.length() > MOST_CHARACTERS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\uFFFD') {
        return false;
      }
    }
    return true;
  }
}
