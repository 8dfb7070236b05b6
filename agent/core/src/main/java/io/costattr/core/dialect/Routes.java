package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells by host and path whether a call is a model call, whose, and in which dialect. Thread-safe.
 */
public final class Routes {
  /** Hosts that nobody knows, by the shape of the path. */
  private static final List<Provider> COMPATIBLE =
      List.of(
          new Provider("openai-compatible", List.of(), OpenAi.calls(new Unknown())),
          new Provider(
              "anthropic-compatible", List.of(), List.of(new AnthropicDialect(new Unknown()))),
          new Provider("gemini-compatible", List.of(), List.of(new GeminiDialect())),
          new Provider("ollama", List.of(), List.of(new OllamaDialect())),
          new Provider("cohere-compatible", List.of(), List.of(new CohereDialect())));

  /** A gateway before any provider, or a server of one's own. */
  private static final class Unknown implements Accent {
    private final Accent local = new LlamaCpp();

    @Override
    public void response(JsonShape.Builder shape) {
      local.response(shape);
    }

    @Override
    public boolean hasOpenAiModels() {
      return true;
    }

    @Override
    public boolean isLast(Reading response) {
      return OpenAiDialect.hasEnded(response);
    }

    @Override
    public @Nullable Counted counted(Reading response) {
      return local.counted(response);
    }
  }

  private static final int REMEMBERED = 16;
  private static final int LONGEST_REMEMBERED = 128;

  /** What was found lately, by the path's hash: most programs ask the same again and again. */
  private final @Nullable Found[] lately = new Found[REMEMBERED];

  private final Providers providers;
  private final Rules rules;

  private record Found(String method, String host, int port, String path, Route route) {
    boolean answers(String method, String host, int port, String path) {
      return this.port == port
          && this.path.equals(path)
          && this.host.equals(host)
          && this.method.equals(method);
    }
  }

  /** Routes without deployments. */
  public Routes(Map<String, String> rules) {
    this(rules, Map.of());
  }

  /**
   * @param rules the user's own: {@code HOST[:PORT][/PATH]} to provider, which win over the tables
   * @param azureDeployments the user's own: Azure's deployments to the models that they are of
   */
  public Routes(Map<String, String> rules, Map<String, String> azureDeployments) {
    this.providers = new Providers(azureDeployments);
    this.rules = new Rules(rules);
  }

  /**
   * Where a call goes, or null when it is none of ours. Called for every HTTP call of the
   * application: the path decides first, so that nearly all of them cost a few comparisons.
   *
   * @param path without query
   */
  public @Nullable Route find(String method, String host, int port, String path) {
    int place = path.hashCode() & REMEMBERED - 1;
    Found found = lately[place];
    if (found != null && found.answers(method, host, port, path)) {
      return found.route;
    }
    // Many servers take a slash at the end for none.
    Route route =
        path.endsWith("/") && !path.endsWith("//")
            ? look(method, host, port, path.substring(0, path.length() - 1))
            : look(method, host, port, path);
    if (route != null && path.length() <= LONGEST_REMEMBERED) {
      lately[place] = new Found(method, host, port, path, route);
    }
    return route;
  }

  /**
   * Where a web socket leads, or null when no model answers there.
   *
   * @param path without query
   * @param query as it is sent; may be null
   */
  public @Nullable Route findSocket(String host, int port, String path, @Nullable String query) {
    Route route = find(Dialect.SOCKET, host, port, path);
    if (route == null) {
      return null;
    }
    String model = Paths.parameter(query, "model");
    if (model == null) {
      model = Paths.parameter(query, "deployment");
    }
    return new Route(
        route.dialect(), route.provider(), route.endpoint(), route.known(), model, true);
  }

  /**
   * Whose that host is, by the user's rules for any of its paths or by the tables; null when nobody
   * knows, or a rule says that it is nobody's.
   *
   * @param host in lower case
   */
  public @Nullable String owner(String host, int port) {
    String ruled = rules.any(host, port);
    if (ruled != null) {
      return Rules.NONE.equals(ruled) ? null : ruled;
    }
    Provider provider = providers.of(host, port);
    return provider == null ? null : provider.name();
  }

  private @Nullable Route look(String method, String host, int port, String path) {
    Provider compatible = compatible(method, path);
    if (compatible == null && !BatchDialect.concerns(method, path)) {
      return null;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    String ruled = rules.find(lower, port, path);
    if (Rules.NONE.equals(ruled)) {
      return null;
    }
    Provider provider = ruled != null ? providers.named(ruled) : providers.of(lower, port);
    Dialect own = provider == null ? null : provider.dialect(method, path);
    if (provider != null && own != null) {
      return route(own, provider.name(), method, path, true);
    }
    Dialect dialect = compatible == null ? null : compatible.dialect(method, path);
    if (compatible == null || dialect == null) {
      return null;
    }
    // Of a host's path that its provider is not known to have, both sides must tell.
    String name = ruled != null ? ruled : provider != null ? provider.name() : compatible.name();
    return route(dialect, name, method, path, ruled != null);
  }

  private static @Nullable Provider compatible(String method, String path) {
    for (Provider compatible : COMPATIBLE) {
      if (compatible.dialect(method, path) != null) {
        return compatible;
      }
    }
    return null;
  }

  private static @Nullable Route route(
      Dialect dialect, String provider, String method, String path, boolean known) {
    Endpoint endpoint = dialect.endpoint(method, path);
    return endpoint == null
        ? null
        : new Route(
            dialect, provider, endpoint, known, dialect.pathModel(path), dialect.streams(path));
  }
}
