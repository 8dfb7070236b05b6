package io.costattr.export.otel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate of a private authority, and the key to it.
 *
 * @param store a PKCS12 file
 * @param authority the authority's certificate, a PEM file
 * @param certificate a PEM file
 * @param key a PEM file
 */
record Identity(Path store, Path authority, Path certificate, Path key) {
  private static final String PASSWORD = "for-this-test-only";

  /** One for that host; {@code options} are more of {@code keytool -genkeypair}'s. */
  static Identity of(Path directory, String name, String host, String... options) throws Exception {
    Path store = directory.resolve(name + ".p12");
    Path authority = directory.resolve(name + ".authority.pem");
    Path certificate = directory.resolve(name + ".pem");
    keytool(store, "ca", List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=CA", "-ext", "bc"));
    keytool(store, "ca", List.of("-exportcert", "-rfc", "-file", authority.toString()));
    List<String> generate =
        new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + host));
    generate.addAll(List.of("-signer", "ca", "-ext", "SAN=dns:" + host));
    generate.addAll(Arrays.asList(options));
    keytool(store, "own", generate);
    keytool(store, "own", List.of("-exportcert", "-rfc", "-file", certificate.toString()));
    KeyStore keys = load(store);
    Key key = keys.getKey("own", PASSWORD.toCharArray());
    keys.deleteEntry("ca");
    try (OutputStream out = Files.newOutputStream(store)) {
      keys.store(out, PASSWORD.toCharArray());
    }
    Path pem = directory.resolve(name + ".key");
    String encoded = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    Files.writeString(
        pem, "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
    return new Identity(store, authority, certificate, pem);
  }

  /** A server that shows the certificate, not started. */
  HttpServer server() throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(load(store), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return server;
  }

  private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static void keytool(Path store, String alias, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.add("-J-XX:TieredStopAtLevel=1");
    command.addAll(arguments);
    command.addAll(List.of("-alias", alias, "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", store.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }
}
