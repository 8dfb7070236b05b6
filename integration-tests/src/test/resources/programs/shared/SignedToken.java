import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A token that says who asks, and requests that carry it to a server that verifies it. */
final class SignedToken {
  private static final byte[] SECRET = "a secret of thirty-two characters".getBytes();
  private static final byte[] ANOTHER = "another secret, of somebody else's".getBytes();

  private SignedToken() {}

  /** By which the server verifies. */
  static SecretKey key() {
    return new SecretKeySpec(SECRET, "HmacSHA256");
  }

  /** Asks two paths with a token, and the first with one that somebody else has signed. */
  static void ask(int port) throws Exception {
    System.out.println(get(port, "/chat", SECRET));
    System.out.println(get(port, "/elsewhere", SECRET));
    System.out.println(get(port, "/chat", ANOTHER));
  }

  private static String signed(byte[] secret) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .subject("alice")
                .claim("tenant_id", "acme")
                .claim("https://acme.com/plan", "ent")
                .claim("realm", Map.of("name", "eu"))
                .build());
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  private static int get(int port, String path, byte[] secret) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + signed(secret))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
