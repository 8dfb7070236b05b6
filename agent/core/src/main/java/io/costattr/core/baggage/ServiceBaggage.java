package io.costattr.core.baggage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Served;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.config.Key;
import io.costattr.core.dialect.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of baggage between services, and says what is wrong with it. */
public final class ServiceBaggage {
  private static final int MOST_SECRETS = 2;

  private ServiceBaggage() {}

  /**
   * From now on requests are believed, and requests have baggage, as the configuration says.
   *
   * @param defaults what holds for calls that do not say
   */
  public static void start(Config config, Routes routes, Attribution defaults) {
    String trust = config.text(Key.BAGGAGE_TRUST);
    String hosts = config.text(Key.BAGGAGE_HOSTS);
    boolean signs = "signed".equals(trust);
    Signature signature = signs || hosts != null ? signature(config) : null;
    if (signs && signature == null) {
      Log.warn(
          "costattr.baggage.trust=signed needs a key, costattr.baggage.key or .key.file:"
              + " no request's baggage counts");
      Served.believe(TrustRule.of(new Peers("")));
    } else if (signs && signature != null) {
      Served.believe(TrustRule.of(signature));
    } else if ("peers".equals(trust)) {
      String list = config.text(Key.BAGGAGE_PEERS);
      Peers peers = new Peers(list == null ? "" : list);
      if (peers.isEmpty()) {
        Log.warn(
            "costattr.baggage.trust=peers needs costattr.baggage.peers: no request's baggage"
                + " counts");
      }
      Served.believe(TrustRule.of(peers));
    }
    if (hosts != null) {
      OutgoingBaggage.start(new Hosts(hosts, routes::owner), signature, defaults);
    }
  }

  private static @Nullable Signature signature(Config config) {
    List<String> secrets = new ArrayList<>();
    add(config.text(Key.BAGGAGE_KEY), secrets);
    add(config.text(Key.BAGGAGE_KEY_PREVIOUS), secrets);
    Path file = config.file(Key.BAGGAGE_KEY_FILE);
    if (secrets.isEmpty() && file != null) {
      try {
        for (String line : Files.readAllLines(file, UTF_8)) {
          add(line.strip(), secrets);
        }
      } catch (IOException | RuntimeException e) {
        Log.warn("cannot read costattr.baggage.key.file, " + file + ": " + e);
      }
      if (secrets.size() > MOST_SECRETS) {
        Log.warn(file + ": of more than two keys the first two count");
        secrets.subList(MOST_SECRETS, secrets.size()).clear();
      }
    }
    return secrets.isEmpty()
        ? null
        : new Signature(secrets, config.number(Key.BAGGAGE_SIGNATURE_SECONDS));
  }

  private static void add(@Nullable String secret, List<String> secrets) {
    if (secret == null || secret.isEmpty()) {
      return;
    }
    if (secret.length() < ConfigReader.FEWEST_SECRET) {
      Log.warn(
          "a key of costattr.baggage.key.file has fewer than "
              + ConfigReader.FEWEST_SECRET
              + " characters; it is ignored");
      return;
    }
    secrets.add(secret);
  }
}
