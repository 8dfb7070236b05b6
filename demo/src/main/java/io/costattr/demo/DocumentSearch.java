package io.costattr.demo;

import com.openai.client.OpenAIClient;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Finds documents and answers from them: embeddings, responses, and a call through OkHttp. */
final class DocumentSearch {
  private static final Attribution OWNER =
      Attribution.builder().feature("document-search").team("platform").build();

  private final OpenAiAccess access;
  private final OpenAIClient client;
  private final Progress progress;

  DocumentSearch(OpenAiAccess access, OpenAIClient client, Progress progress) {
    this.access = access;
    this.client = client;
    this.progress = progress;
  }

  /** Threads of a pool know nothing of the caller; a wrapped executor tells them. */
  void index(List<String> documents) {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Scope scope = AttributionContext.with(OWNER)) {
      Executor attributed = AttributionContext.wrap(pool);
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (String document : documents) {
        running.add(CompletableFuture.runAsync(() -> embed(document), attributed));
      }
      running.forEach(CompletableFuture::join);
    } finally {
      pool.shutdown();
    }
  }

  /** The second question finds most of its prompt in the provider's cache. */
  void answerTwice(String question) {
    try (Scope scope = AttributionContext.with(OWNER)) {
      answer("response", question);
      answer("response, prompt cached", question);
    }
  }

  /** A team that keeps its HTTP in its own hands. */
  void rank(String question) throws IOException {
    OkHttpClient http = new OkHttpClient();
    String json =
        """
        {"model": "%s", "max_completion_tokens": 20,
         "messages": [{"role": "user", "content": "Rank these documents for: %s"}]}
        """
            .formatted(access.model("gpt-5.4-nano"), question);
    Request request =
        new Request.Builder()
            .url(access.baseUrl() + "/chat/completions")
            .header("Authorization", "Bearer " + access.apiKey())
            .post(RequestBody.create(json, MediaType.get("application/json")))
            .build();
    try (Scope scope = AttributionContext.with(OWNER);
        okhttp3.Response response = http.newCall(request).execute()) {
      String body = response.body() == null ? "" : response.body().string();
      progress.say("chat, by OkHttp", response.code() + ", " + body.length() + " characters");
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  private void embed(String document) {
    CreateEmbeddingResponse response =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .input(document)
                    .build());
    progress.tokens("embedding", response.usage().promptTokens(), 0);
  }

  private void answer(String call, String question) {
    Response response =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model(access.model("gpt-5.4"))
                    .maxOutputTokens(200)
                    .instructions(access.handbook())
                    .promptCacheKey("handbook")
                    .input(question)
                    .build());
    response
        .usage()
        .ifPresent(usage -> progress.tokens(call, usage.inputTokens(), usage.outputTokens()));
  }
}
