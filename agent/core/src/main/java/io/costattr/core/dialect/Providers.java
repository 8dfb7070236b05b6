package io.costattr.core.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The providers that are known, and whose a host is. Immutable. */
final class Providers {
  private final List<Provider> all;
  private final Map<String, Provider> hosts = new HashMap<>();
  private final Map<String, Provider> names = new HashMap<>();
  private final List<Pattern> patterns;

  /**
   * @param deployments Azure's deployments to the models that they are of
   */
  Providers(Map<String, String> deployments) {
    all =
        List.of(
            OpenAi.provider(),
            AzureOpenAi.provider(deployments),
            Anthropic.provider(),
            Gemini.provider(),
            VertexAi.provider(),
            DeepSeek.provider(),
            Mistral.provider(),
            Groq.provider(),
            Together.provider(),
            OpenRouter.provider(),
            XAi.provider(),
            Cerebras.provider(),
            Cohere.provider(),
            Bedrock.provider(),
            Ollama.provider(),
            Vllm.provider(),
            LlamaCpp.provider());
    List<Pattern> found = new ArrayList<>();
    for (Provider provider : all) {
      names.put(provider.name(), provider);
      for (String host : provider.hosts()) {
        int star = host.indexOf('*');
        if (star < 0) {
          hosts.put(host, provider);
        } else {
          found.add(new Pattern(host.substring(0, star), host.substring(star + 1), provider));
        }
      }
    }
    patterns = List.copyOf(found);
  }

  /** Every provider, in the order of the documentation. */
  List<Provider> all() {
    return all;
  }

  /** The provider of that name, or null. */
  @Nullable Provider named(String name) {
    return names.get(name);
  }

  /** Whose that host is, or null. In lower case. */
  @Nullable Provider of(String host, int port) {
    Provider provider = hosts.get(host);
    if (provider == null) {
      provider = hosts.get(host + ":" + port);
    }
    if (provider != null) {
      return provider;
    }
    for (Pattern pattern : patterns) {
      if (pattern.matches(host)) {
        return pattern.provider;
      }
    }
    return null;
  }

  /** A host with something between two fixed parts. */
  private record Pattern(String start, String end, Provider provider) {
    boolean matches(String host) {
      return host.length() > start.length() + end.length()
          && host.startsWith(start)
          && host.endsWith(end);
    }
  }
}
