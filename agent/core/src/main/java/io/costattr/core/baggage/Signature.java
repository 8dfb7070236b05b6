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
  private static final int PARTS = 4;
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
    StringBuilder keys = new StringBuilder();
    for (String key : members.keySet()) {
      keys.append(keys.length() == 0 ? "" : "/").append(key, Members.OWN.length(), key.length());
    }
    String seconds = Long.toString(nowMs / 1_000);
    byte[] code = secrets.get(0).code(text(seconds, keys.toString(), members));
    return VERSION + ":" + seconds + ":" + keys + ":" + BASE64.encodeToString(code);
  }

  /**
   * The keys that are signed.
   *
   * @param members by their whole keys, decoded, the signature among them
   * @param arrivedMs when they came
   * @return null when there is no signature that is believed
   */
  @Nullable List<String> signed(Map<String, String> members, long arrivedMs)
      throws GeneralSecurityException {
    String signature = members.get(KEY);
    String[] parts = signature == null ? new String[0] : signature.split(":", -1);
    if (parts.length != PARTS || !parts[0].equals(VERSION) || !isRecent(parts[1], arrivedMs)) {
      return null;
    }
    List<String> keys = new ArrayList<>();
    for (String name : parts[2].split("/", MOST_KEYS + 1)) {
      String key = Members.OWN + name;
      String value = members.get(key);
      if (value == null || !Bounds.fits(value) || keys.contains(key)) {
        return null;
      }
      keys.add(key);
    }
    byte[] given;
    try {
      given = Base64.getUrlDecoder().decode(parts[3]);
    } catch (IllegalArgumentException broken) {
      return null;
    }
    byte[] text = text(parts[1], parts[2], members);
    for (Secret secret : secrets) {
      if (MessageDigest.isEqual(secret.code(text), given)) {
        return keys;
      }
    }
    return null;
  }

  private boolean isRecent(String seconds, long arrivedMs) {
    try {
      return Math.abs(
              Math.subtractExact(arrivedMs, Math.multiplyExact(Long.parseLong(seconds), 1_000L)))
          <= validMs;
    } catch (ArithmeticException | NumberFormatException never) {
      return false;
    }
  }

  /** Keys have neither slashes nor equals signs, values no ends of lines. */
  private static byte[] text(String seconds, String keys, Map<String, String> members) {
    StringBuilder text = new StringBuilder("costattr-baggage\n").append(VERSION).append('\n');
    text.append(seconds).append('\n');
    for (String name : keys.split("/", -1)) {
      text.append(name).append('=').append(members.get(Members.OWN + name)).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }
}
