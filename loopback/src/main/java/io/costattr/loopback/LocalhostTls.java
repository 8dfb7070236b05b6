package io.costattr.loopback;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A self-signed key for {@code localhost} and {@code 127.0.0.1}, made by the JDK's {@code keytool}
 * once per JVM and kept in memory only.
 */
public final class LocalhostTls {
  private static final class Holder {
    static final LocalhostTls INSTANCE = generate();
  }

  private final SSLContext server;
  private final SSLContext client;
  private final X509TrustManager trust;

  private LocalhostTls(KeyStore keys, char[] password) throws GeneralSecurityException {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, password);
    server = SSLContext.getInstance("TLS");
    server.init(own.getKeyManagers(), null, null);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    trusted.setCertificateEntry("localhost", keys.getCertificate("localhost"));
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(trusted);
    trust = (X509TrustManager) others.getTrustManagers()[0];
    client = SSLContext.getInstance("TLS");
    client.init(null, others.getTrustManagers(), null);
  }

  /** The key of this JVM. The first call takes about a second. */
  public static LocalhostTls get() {
    return Holder.INSTANCE;
  }

  /** For a client: trusts the server's certificate and no other. */
  public SSLContext client() {
    return client;
  }

  /** What {@link #client} trusts with, for clients that want both. */
  public X509TrustManager trust() {
    return trust;
  }

  SSLSocket over(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            server
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), /* autoClose= */ true);
    secured.setUseClientMode(false);
    return secured;
  }

  private static LocalhostTls generate() {
    String password = UUID.randomUUID().toString();
    try {
      Path directory = Files.createTempDirectory("loopback-key");
      Path store = directory.resolve("localhost.p12");
      try {
        keytool(store, password);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
          keys.load(in, password.toCharArray());
        }
        return new LocalhostTls(keys, password.toCharArray());
      } finally {
        Files.deleteIfExists(store);
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(Path store, String password) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "localhost",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost, OU=for tests only",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    password,
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    }
  }
}
