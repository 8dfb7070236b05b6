package io.costattr.core.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.Log;
import io.costattr.core.exchange.Exchange.Headers;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keyed fingerprints of what the agent must not know later: the key that a request is made with,
 * and what it says. Equal ones are told from others, and nothing else. Thread-safe.
 */
public final class Fingerprints {
  private static final String BEARER = "bearer ";

  /** OpenAI's and most others', Azure's, Anthropic's, Google's. */
  private static final String[] KEY_HEADERS = {
    "authorization", "api-key", "x-api-key", "x-goog-api-key"
  };

  private static volatile @Nullable Secret secret;
  private static volatile boolean shared;

  private record Secret(long first, long second) {}

  private Fingerprints() {}

  /**
   * From now on fingerprints are made with that secret, in this and every other JVM that has it;
   * until then with one of this JVM's own.
   */
  public static void key(String text) {
    secret = of(text);
    shared = true;
  }

  private static Secret random() {
    SecureRandom random = new SecureRandom();
    return new Secret(random.nextLong(), random.nextLong());
  }

  private static Secret of(String text) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
      return new Secret(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static SipHash begin() {
    Secret known = secret;
    if (known == null) {
      synchronized (Fingerprints.class) {
        known = secret;
        if (known == null) {
          known = random();
          secret = known;
        }
      }
    }
    return new SipHash(known.first, known.second);
  }

  /** Of a provider's key, 16 hexadecimal digits. */
  public static String ofKey(String key) {
    return of(key.strip(), "key");
  }

  /** Of the provider's key in a request's head, 16 hexadecimal digits; null when it has none. */
  static @Nullable String ofKey(Headers headers) {
    for (String name : KEY_HEADERS) {
      String value = headers.first(name);
      if (value != null && !value.isBlank()) {
        String key = value.strip();
        boolean bearer = key.regionMatches(true, 0, BEARER, 0, BEARER.length());
        sayUnshared();
        return ofKey(bearer ? key.substring(BEARER.length()) : key);
      }
    }
    return null;
  }

  private static void sayUnshared() {
    if (!shared) {
      Log.warnOnce(
          "fingerprints",
          "a budget goes by the provider's key, and costattr.fingerprint.secret is not set: it"
              + " begins anew with every start, and in every program");
    }
  }

  /** Fingerprints of different kinds of things have nothing in common. */
  private static String of(String value, String kind) {
    SipHash hash = begin();
    for (String text : new String[] {kind, "\0", value}) {
      byte[] bytes = text.getBytes(UTF_8);
      hash.update(bytes, 0, bytes.length);
    }
    StringBuilder digits = new StringBuilder(Long.toHexString(hash.digest()));
    while (digits.length() < 2 * Long.BYTES) {
      digits.insert(0, '0');
    }
    return digits.toString();
  }
}
