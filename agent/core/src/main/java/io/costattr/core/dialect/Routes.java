package io.costattr.core.dialect;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables that tell by host and path whether a call is a model call, and whose. Immutable. */
public final class Routes {
  /** A host that no table knows but whose path is a model call's. */
  static final String COMPATIBLE = "openai-compatible";

  private static final Dialect OPENAI = new OpenAiDialect();

  private static final Map<String, String> HOSTS =
      Map.ofEntries(
          Map.entry("api.openai.com", "openai"),
          Map.entry("us.api.openai.com", "openai"),
          Map.entry("eu.api.openai.com", "openai"),
          Map.entry("ae.api.openai.com", "openai"),
          Map.entry("au.api.openai.com", "openai"),
          Map.entry("in.api.openai.com", "openai"),
          Map.entry("jp.api.openai.com", "openai"),
          Map.entry("api.deepseek.com", "deepseek"),
          Map.entry("api.mistral.ai", "mistral_ai"),
          Map.entry("api.groq.com", "groq"),
          Map.entry("api.together.xyz", "together"),
          Map.entry("openrouter.ai", "openrouter"),
          Map.entry("api.x.ai", "x_ai"),
          Map.entry("api.cerebras.ai", "cerebras"));

  private static final String[] AZURE_SUFFIXES = {
    ".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com", ".azure-api.net"
  };

  private final Map<String, String> rules = new HashMap<>();

  /**
   * @param rules the user's own: {@code HOST} or {@code HOST:PORT} to provider, which win over the
   *     tables
   */
  public Routes(Map<String, String> rules) {
    rules.forEach((host, provider) -> this.rules.put(host.toLowerCase(Locale.ROOT), provider));
  }

  /**
   * Where a call goes, or null when it is none of ours. Called for every HTTP call of the
   * application: the path decides first, so that nearly all of them cost a few comparisons.
   *
   * @param path without query
   */
  public @Nullable Route find(String method, String host, int port, String path) {
    Endpoint endpoint = OPENAI.endpoint(method, path);
    if (endpoint == null) {
      return null;
    }
    String provider = provider(host.toLowerCase(Locale.ROOT), port);
    return new Route(
        OPENAI,
        provider == null ? COMPATIBLE : provider,
        endpoint,
        provider != null,
        OPENAI.pathModel(path));
  }

  private @Nullable String provider(String host, int port) {
    if (!rules.isEmpty()) {
      String provider = rules.get(host + ":" + port);
      if (provider == null) {
        provider = rules.get(host);
      }
      if (provider != null) {
        return provider;
      }
    }
    String provider = HOSTS.get(host);
    if (provider == null) {
      for (String suffix : AZURE_SUFFIXES) {
        if (host.endsWith(suffix)) {
          return "azure.ai.openai";
        }
      }
    }
    return provider;
  }
}
