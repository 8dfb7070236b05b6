package io.costattr.stores;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** Whom a Redis is believed by that it is the one: the JVM's authorities, or those of a PEM file. */
final class Tls {
  private static final String TYPE = "PKCS12";

  /** It keeps nothing secret: certificates are public. */
  private static final char[] PASSWORD = "costattr".toCharArray();

  private Tls() {}

  /** The certificate must be of the host that is connected to, too. */
  static SslOptions options(@Nullable Path authorities) throws IOException {
    SslOptions.Builder options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
    if (authorities != null) {
      byte[] store = store(authorities);
      options.trustStoreType(TYPE).truststore(() -> new ByteArrayInputStream(store), PASSWORD);
    }
    return options.build();
  }

  /** A PEM file as Java reads certificates. */
  private static byte[] store(Path authorities) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(authorities))) {
      KeyStore trusted = KeyStore.getInstance(TYPE);
      trusted.load(null, null);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca" + count, one);
        count++;
      }
      if (count == 0) {
        throw new IOException(authorities + " has no certificate");
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      trusted.store(bytes, PASSWORD);
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the certificates in " + authorities + ": " + e, e);
    }
  }
}
