package io.costattr.core.attribution;

import io.costattr.core.Log;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what baggage says of who pays: {@code costattr.feature}, {@code .route}, {@code
 * .customer.id}, {@code .team}, {@code .environment} and {@code .tag.NAME}. Baggage comes from
 * elsewhere, and may be anything: a value that is too long or cannot be a name is not taken, rather
 * than cut, which would make it another's. Not thread-safe.
 */
public final class BaggageReader {
  /** What the first version of W3C Baggage allowed (section 3.3); OpenTelemetry takes 64. */
  public static final int MOST_ENTRIES = 180;

  private static final String OWN = "costattr.";
  private static final String TAG = OWN + "tag.";
  private static final int MOST_TAGS = 32;

  private @Nullable String feature;
  private @Nullable String route;
  private @Nullable String customerId;
  private @Nullable String team;
  private @Nullable String environment;
  private Map<String, String> tags = Map.of();
  private boolean any;

  /**
   * Whether baggage of so many entries is to be read: of very many none is, since nobody knows who
   * filled them in.
   */
  public static boolean isReadable(int entries) {
    if (entries <= MOST_ENTRIES) {
      return true;
    }
    Log.warnOnce(
        "baggage:entries",
        "baggage with more than "
            + MOST_ENTRIES
            + " entries is not read, what it says of who pays does not count");
    return false;
  }

  /** One entry, decoded. */
  public void entry(String key, String value) {
    if (!key.startsWith(OWN)) {
      return;
    }
    String said = value.strip();
    if (said.isEmpty()) {
      return;
    }
    if (!Bounds.fits(value)) {
      refuse();
      return;
    }
    switch (key) {
      case OWN + "feature" -> feature = said;
      case OWN + "route" -> route = said;
      case OWN + "customer.id" -> customerId = said;
      case OWN + "team" -> team = said;
      case OWN + "environment" -> environment = said;
      default -> {
        tag(key, said);
        return;
      }
    }
    any = true;
  }

  private void tag(String key, String value) {
    if (!key.startsWith(TAG) || key.length() == TAG.length()) {
      return;
    }
    String tag = key.substring(TAG.length());
    if (!Bounds.fits(tag) || tags.size() >= MOST_TAGS) {
      refuse();
      return;
    }
    if (tags.isEmpty()) {
      tags = new HashMap<>();
    }
    tags.put(tag, value);
    any = true;
  }

  /** What it is is not said: it may be anything. */
  private static void refuse() {
    Log.warnOnce(
        "baggage:value",
        "baggage has a "
            + OWN
            + "* entry that is longer than "
            + Bounds.MOST_CHARACTERS
            + " characters, has control characters, is badly encoded or is one tag too many: it does"
            + " not count");
  }

  /** What all entries say together; null when they say nothing of who pays. */
  public @Nullable Attribution attribution() {
    return any
        ? Attribution.by(Source.BAGGAGE, feature, route, customerId, team, environment, tags)
        : null;
  }
}
