package io.costattr.demo;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * The job of the night: no request and no customer stand behind it, so it names a route and a
 * customer of its own. Streamed responses, and a call through the JDK's own client.
 */
final class NightlySummary {
  private static final Attribution OWNER =
      Attribution.builder()
          .feature("ticket-summary")
          .team("platform")
          .route("cron:nightly-summarize")
          .customerId("internal")
          .tag("job", "nightly")
          .build();

  private final OpenAiAccess access;
  private final OpenAIClient client;
  private final Progress progress;

  NightlySummary(OpenAiAccess access, OpenAIClient client, Progress progress) {
    this.access = access;
    this.client = client;
    this.progress = progress;
  }

  void run() throws IOException, InterruptedException {
    try (Scope scope = AttributionContext.with(OWNER)) {
      summarize("A parcel was late, and the customer asked twice where it was.");
      summarizeInBackground("A refund was promised and paid the same day.");
      classify("Where is my parcel?");
    }
  }

  private void summarize(String ticket) {
    try (StreamResponse<ResponseStreamEvent> events =
        client.responses().createStreaming(params(ticket))) {
      events.stream().forEach(event -> report("response, streamed, reasoning", event));
    }
  }

  private void summarizeInBackground(String ticket) {
    // The handler runs on a thread of openai-java; wrapped, the report knows whose call it was.
    Attribution attribution = AttributionContext.current();
    client
        .async()
        .responses()
        .createStreaming(params(ticket))
        .subscribe(
            event ->
                AttributionContext.run(
                    attribution, () -> report("response, async stream, reasoning", event)))
        .onCompleteFuture()
        .join();
  }

  private void classify(String ticket) throws IOException, InterruptedException {
    String json =
        """
        {"model": "%s", "max_output_tokens": 20, "input": "One word, the topic of: %s"}
        """
            .formatted(access.model("gpt-5.4-nano"), ticket);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(access.baseUrl() + "/responses"))
            .header("Authorization", "Bearer " + access.apiKey())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    progress.say(
        "response, by java.net.http",
        response.statusCode() + ", " + response.body().length() + " characters");
  }

  private ResponseCreateParams params(String ticket) {
    return ResponseCreateParams.builder()
        .model(access.model("gpt-5.5"))
        .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
        .maxOutputTokens(400)
        .input("Summarize in one sentence: " + ticket)
        .build();
  }

  private void report(String call, ResponseStreamEvent event) {
    event
        .completed()
        .map(completed -> completed.response())
        .flatMap(Response::usage)
        .ifPresent(usage -> progress.tokens(call, usage.inputTokens(), usage.outputTokens()));
  }
}
