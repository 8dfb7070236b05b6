package io.costattr.core.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Azure OpenAI. What requests call a model is the name of a deployment, in the path ({@code
 * /openai/deployments/NAME/...}) or in the body ({@code /openai/v1/...}). Responses name the model
 * itself as a rule, but not when they are cut.
 */
final class AzureOpenAi implements Accent {
  private final Map<String, String> deployments = new HashMap<>();

  private AzureOpenAi(Map<String, String> deployments) {
    deployments.forEach(
        (deployment, model) -> this.deployments.put(deployment.toLowerCase(Locale.ROOT), model));
  }

  /**
   * @param deployments which model each deployment is one of, as the user says; names of
   *     deployments differ by more than their case
   */
  static Provider provider(Map<String, String> deployments) {
    List<Dialect> dialects = new ArrayList<>(OpenAi.dialects(new AzureOpenAi(deployments)));
    dialects.add(new AnthropicDialect(new Anthropic()));
    return new Provider(
        "azure.ai.openai",
        List.of(
            "*.openai.azure.com",
            "*.services.ai.azure.com",
            "*.cognitiveservices.azure.com",
            "*.azure-api.net"),
        dialects);
  }

  @Override
  public boolean hasOpenAiModels() {
    return true;
  }

  @Override
  public @Nullable String deploymentModel(String requested) {
    return deployments.get(requested.toLowerCase(Locale.ROOT));
  }
}
