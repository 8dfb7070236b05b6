package io.costattr.benchmarks;

import com.openai.client.OpenAIClient;
import io.costattr.api.AttributionContext;

/** A small openai-java program: one client, one call, the end. */
public final class OneCall {
  private OneCall() {}

  public static void main(String[] arguments) {
    OpenAIClient client = Clients.openAi(Integer.parseInt(arguments[0]));
    AttributionContext.run(
        Payer.SUPPORT_CHAT,
        () -> System.out.println(client.chat().completions().create(Clients.CHAT).id()));
    client.close();
  }
}
