package io.costattr.core.baggage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A secret that is shared with other services, and makes codes of texts. Thread-safe. */
final class Secret {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /** Only ever copied: finding it and telling it the key is most of the work. */
  private volatile @Nullable Mac ready;

  Secret(String text) {
    key = new SecretKeySpec(text.getBytes(UTF_8), ALGORITHM);
  }

  /** HMAC-SHA-256 (RFC 2104). */
  byte[] code(byte[] text) throws GeneralSecurityException {
    return mac().doFinal(text);
  }

  private Mac mac() throws GeneralSecurityException {
    Mac known = ready;
    if (known == null) {
      known = fresh();
      ready = known;
    }
    try {
      return (Mac) known.clone();
    } catch (CloneNotSupportedException e) {
      // As by some providers that an application may have put before the JDK's own.
      return fresh();
    }
  }

  private Mac fresh() throws GeneralSecurityException {
    Mac mac = Mac.getInstance(ALGORITHM);
    mac.init(key);
    return mac;
  }
}
