package io.costattr.loopback;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A self-signed certificate for {@code localhost} and 127.0.0.1, published together with its key:
 * it proves nothing and is for tests alone.
 */
public final class LocalhostTls {
  private static final char[] PASSWORD = "loopback".toCharArray();

  private LocalhostTls() {}

  /** What a server presents the certificate with, and a client trusts it and nothing else by. */
  public static SSLContext context() {
    try {
      KeyStore store = store();
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new X509TrustManager[] {trust(store)}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the key store for localhost cannot be read", e);
    }
  }

  /** Trusts the certificate and nothing else; OkHttp wants it beside the socket factory. */
  public static X509TrustManager trust() {
    try {
      return trust(store());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the key store for localhost cannot be read", e);
    }
  }

  private static X509TrustManager trust(KeyStore store)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("localhost", store.getCertificate("localhost"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in =
        Objects.requireNonNull(LocalhostTls.class.getResourceAsStream("localhost.p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
