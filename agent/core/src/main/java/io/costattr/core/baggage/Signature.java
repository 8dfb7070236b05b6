package io.costattr.core.baggage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.attribution.Bounds;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs members of baggage and tells whether they were signed, with HMAC-SHA-256 (RFC 2104). The
 * signature is a member as well, {@code costattr.sig=1:SECONDS:KEYS:MAC}: when it was made, which
 * members it is of, and the code over all of that and their values. So it outlives that others add
 * members, order them anew or encode them in another way, and nothing that it does not name counts.
 * Immutable.
 */
final class Signature {
  /** The key of the member that is the signature. */
  static final String KEY = Members.OWN + "sig";

  private static final String VERSION = "1";
  private static final String BEGINNING = "costattr-baggage\n" + VERSION + "\n";

  /** Characters of most that is signed. */
  private static final int TEXT = 128;

  private static final int MOST_KEYS = 40;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final List<Secret> secrets = new ArrayList<>();
  private final long validMs;

  /**
   * @param secrets what is shared, never empty: the first signs, all are believed
   * @param validSeconds how far from a signature's time it is believed
   */
  Signature(List<String> secrets, long validSeconds) {
    for (String secret : secrets) {
      this.secrets.add(new Secret(secret));
    }
    this.validMs = validSeconds * 1_000;
  }

  /**
   * The value of the member that signs those.
   *
   * @param members by their whole keys, decoded
   */
  String of(SortedMap<String, String> members, long nowMs) throws GeneralSecurityException {
    String seconds = Long.toString(nowMs / 1_000);
    StringBuilder keys = new StringBuilder();
    StringBuilder text = text().append(seconds).append('\n');
    members.forEach(
        (key, value) -> {
          keys.append(keys.length() == 0 ? "" : "/")
              .append(key, Members.OWN.length(), key.length());
          addTo(text, key, value);
        });
    byte[] code = secrets.get(0).code(bytes(text));
    return VERSION + ":" + seconds + ":" + keys + ":" + BASE64.encodeToString(code);
  }

  /**
   * The keys that are signed.
   *
   * @param signature what came as that
   * @param members by their whole keys, decoded
   * @param arrivedMs when they came
   * @return null when the signature is not believed
   */
  @Nullable List<String> signed(String signature, Map<String, String> members, long arrivedMs)
      throws GeneralSecurityException {
    if (!signature.startsWith(VERSION + ":")) {
      return null;
    }
    int seconds = VERSION.length() + 1;
    int names = signature.indexOf(':', seconds) + 1;
    int code = signature.indexOf(':', names) + 1;
    if (names == 0 || code == 0 || !isRecent(signature, seconds, names - 1, arrivedMs)) {
      return null;
    }
    StringBuilder text = text().append(signature, seconds, names - 1).append('\n');
    List<String> keys = new ArrayList<>();
    for (int from = names; from < code; ) {
      int slash = signature.indexOf('/', from);
      int to = slash < 0 || slash >= code ? code - 1 : slash;
      String key = Members.ownKey(signature, from, to);
      String value = members.get(key);
      if (value == null || !Bounds.fits(value) || keys.contains(key) || keys.size() == MOST_KEYS) {
        return null;
      }
      keys.add(key);
      addTo(text, key, value);
      from = to + 1;
    }
    byte[] given;
    try {
      given = Base64.getUrlDecoder().decode(signature.substring(code));
    } catch (IllegalArgumentException broken) {
      return null;
    }
    byte[] signed = bytes(text);
    for (Secret secret : secrets) {
      if (MessageDigest.isEqual(secret.code(signed), given)) {
        return keys;
      }
    }
    return null;
  }

  private boolean isRecent(String signature, int from, int to, long arrivedMs) {
    try {
      long seconds = Long.parseLong(signature, from, to, 10);
      return Math.abs(Math.subtractExact(arrivedMs, Math.multiplyExact(seconds, 1_000L)))
          <= validMs;
    } catch (ArithmeticException | NumberFormatException never) {
      return false;
    }
  }

  /** How all that is signed begins; the seconds follow, and a line for each member. */
  private static StringBuilder text() {
    return new StringBuilder(TEXT).append(BEGINNING);
  }

  /** Keys have neither slashes nor equals signs, values no ends of lines. */
  private static void addTo(StringBuilder text, String key, String value) {
    text.append(key, Members.OWN.length(), key.length()).append('=').append(value).append('\n');
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(UTF_8);
  }
}
