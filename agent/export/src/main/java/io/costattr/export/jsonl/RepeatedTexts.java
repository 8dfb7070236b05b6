package io.costattr.export.jsonl;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.HashMap;
import java.util.Map;

/**
 * Texts that stand in many entries, such as names, models and the ids of price rows, as they are
 * written: escaped and encoded once. Bounded; not thread-safe.
 */
final class RepeatedTexts {
  static final int MOST = 1_024;
  static final int LONGEST = 256;

  private final Map<String, SerializedString> known = new HashMap<>();

  SerializedString of(String text) {
    SerializedString ready = known.get(text);
    if (ready != null) {
      return ready;
    }
    SerializedString made = new SerializedString(wellFormed(text));
    if (text.length() <= LONGEST) {
      if (known.size() >= MOST) {
        // What does stand in many entries is soon here again.
        known.clear();
      }
      // Now, and not with the first entry that writes it.
      made.asQuotedUTF8();
      known.put(text, made);
    }
    return made;
  }

  /** Half of a surrogate pair has no UTF-8 form, and strict readers refuse a line that has one. */
  static String wellFormed(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else {
        mended = mended == null ? new StringBuilder(text) : mended;
        mended.setCharAt(i, '\ufffd');
      }
    }
    return mended == null ? text : mended.toString();
  }
}
