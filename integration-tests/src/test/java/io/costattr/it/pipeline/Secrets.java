package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What {@code collector-config/secrets} makes. */
final class Secrets {
  private Secrets() {}

  /** Makes them below that directory and returns the one with certificate, key and token. */
  static Path make(Path directory) throws IOException, InterruptedException {
    return make(directory, Map.of());
  }

  /**
   * The same.
   *
   * @param channels the variables that name where alerts go
   */
  static Path make(Path directory, Map<String, String> channels)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    ProcessBuilder secrets =
        new ProcessBuilder(Programs.config().resolve("secrets").toString())
            .redirectErrorStream(true);
    secrets.environment().put("COSTATTR_SECRETS", directory.toString());
    secrets.environment().putAll(channels);
    Process process = secrets.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return directory.resolve(".secrets/tls");
  }

  static String token(Path tls) throws IOException {
    return Files.readString(tls.resolve("ingest-token"), UTF_8).strip();
  }
}
