package io.costattr.demo;

import com.openai.client.OpenAIClient;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** One day of the shop: requests of four customers, and the job of the night. */
final class Shop {
  private static final String CHAT = "/api/v1/chat/answer";
  private static final String SEARCH = "/api/v1/documents/search";

  /** What a request does. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private Shop() {}

  /**
   * Makes all calls and prints a line for each.
   *
   * @throws com.openai.errors.OpenAIException when a call fails that should not
   */
  static void run(OpenAiAccess access, PrintStream out) throws IOException, InterruptedException {
    Progress progress = new Progress(out);
    OpenAIClient client = access.client();
    try {
      SupportChat chat = new SupportChat(access, client, progress);
      request(CHAT, "acme", () -> chat.answer("Where is my order?"));
      request(CHAT, "globex", () -> chat.typeAnswer("Can I change the address?"));
      request(CHAT, "initech", () -> chat.typeAnswerWithoutUsage("How do I return a lamp?"));
      request(CHAT, "acme", () -> chat.answerInBackground("Do you ship to Norway?"));
      request(CHAT, "umbrella", () -> chat.answerWhenBusy("Is the umbrella waterproof?"));
      request(CHAT, "globex", () -> chat.answerWithRetiredModel("Hello?"));

      DocumentSearch search = new DocumentSearch(access, client, progress);
      List<String> documents = List.of("Terms of delivery", "How to return a lamp");
      request(SEARCH, "acme", () -> search.index(documents));
      request(SEARCH, "initech", () -> search.answerTwice("What does a return cost?"));
      request(SEARCH, "umbrella", () -> search.rank("opening hours"));

      new NightlySummary(access, client, progress).run();
    } finally {
      client.close();
    }
  }

  /** What a filter of the web framework would do: every request has a route and a customer. */
  private static void request(String route, String customer, Work work)
      throws IOException, InterruptedException {
    Attribution attribution = Attribution.builder().route(route).customerId(customer).build();
    try (Scope scope = AttributionContext.with(attribution)) {
      work.run();
    }
  }
}
