package io.costattr.core.baggage;

import io.costattr.core.Log;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** To whose requests who pays is added: hosts that are named, and are no provider's. Immutable. */
final class Hosts {
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9_.-]+(:\\d{1,5})?|\\[[0-9a-f:.]+](:\\d{1,5})?");
  private static final int HTTPS = 443;

  private final BiFunction<String, Integer, @Nullable String> providers;
  private final Set<String> named = new HashSet<>();

  /** What comes behind the star: {@code .internal}, {@code .internal:8443}. */
  private final Set<String> below = new HashSet<>();

  /**
   * @param list {@code HOST[:PORT],*.DOMAIN[:PORT],...}; what cannot be one is said and left out
   * @param providers by host in lower case and port, whose that is; null for nobody's
   */
  Hosts(String list, BiFunction<String, Integer, @Nullable String> providers) {
    this.providers = providers;
    for (String part : list.toLowerCase(Locale.ROOT).split("[,+\\s]+")) {
      if (!part.isEmpty()) {
        add(part);
      }
    }
  }

  private void add(String part) {
    if (!HOST.matcher(part).matches()) {
      Log.warn(
          "costattr.baggage.hosts: \""
              + part
              + "\" is none of HOST, HOST:PORT, *.DOMAIN and *.DOMAIN:PORT; it is ignored");
    } else if (part.startsWith("*.")) {
      below.add(part.substring(1));
    } else {
      int colon = part.endsWith("]") ? -1 : part.lastIndexOf(':');
      String host = colon < 0 ? part : part.substring(0, colon);
      int port = colon < 0 ? HTTPS : Integer.parseInt(part, colon + 1, part.length(), 10);
      if (isRefused(bare(host), port)) {
        return;
      }
      named.add(bare(host) + (colon < 0 ? "" : part.substring(colon)));
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether baggage goes there. */
  boolean contain(String given, int port) {
    String host = bare(given.toLowerCase(Locale.ROOT));
    return isListed(host, port) && !isRefused(host, port);
  }

  private boolean isListed(String host, int port) {
    if (named.contains(host) || named.contains(host + ":" + port)) {
      return true;
    }
    if (!below.isEmpty()) {
      for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
        String domain = host.substring(dot);
        if (below.contains(domain) || below.contains(domain + ":" + port)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isRefused(String host, int port) {
    String provider = providers.apply(host, port);
    if (provider == null) {
      return false;
    }
    Log.warnOnce(
        "baggage:provider:" + host,
        "costattr.baggage.hosts: no baggage is sent to "
            + host
            + ", which is a provider's ("
            + provider
            + "); if it is not, set costattr.providers."
            + host
            + "=none");
    return true;
  }
}
