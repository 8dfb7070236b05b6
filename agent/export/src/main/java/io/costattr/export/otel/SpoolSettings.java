package io.costattr.export.otel;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.export.spool.Home;
import io.costattr.export.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where events are kept.
 *
 * @param homes directories, of which the first that can be used is used
 * @param maxBytes how much room there is for a service
 */
record SpoolSettings(List<Home> homes, long maxBytes) {
  private static final int MOST_OF_A_NAME = 40;

  /** The settings in that configuration; null when nothing is to be kept. */
  static @Nullable SpoolSettings of(Config config, Properties system) {
    String where = String.valueOf(config.text(Key.SPOOL));
    long maxBytes = config.number(Key.SPOOL_MAX_BYTES);
    if (where.equals("off") || maxBytes == 0) {
      return null;
    }
    List<Home> homes =
        where.equals("auto")
            ? Home.defaults(System.getenv(), system)
            : List.of(new Home(Path.of(where).toAbsolutePath(), false));
    return new SpoolSettings(homes, maxBytes);
  }

  /** Opens the spool that the JVMs of that service share, in that environment. */
  Spool open(@Nullable String service, @Nullable String namespace, @Nullable String environment)
      throws IOException {
    return Spool.open(homes, directory(service, namespace, environment), maxBytes);
  }

  /** A name that tells a reader whose it is, and that no two services have in common. */
  private static String directory(
      @Nullable String service, @Nullable String namespace, @Nullable String environment) {
    String name = service == null ? "" : service.replaceAll("[^A-Za-z0-9._-]", "_");
    String whole = service + "\0" + namespace + "\0" + environment;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return name.substring(0, Math.min(name.length(), MOST_OF_A_NAME))
          + "-"
          + HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
