package io.costattr.it.batch;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/**
 * A program that makes a batch job for one customer, looks at it and downloads its results for
 * another, twice; or, told so, only downloads.
 */
public final class BatchCalls {
  private BatchCalls() {}

  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    OpenAIClient client = OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(base).build();
    if (arguments[1].equals("make")) {
      String id;
      try (Scope scope = customer("maker")) {
        id =
            client
                .batches()
                .create(
                    BatchCreateParams.builder()
                        .inputFileId("file-in")
                        .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                        .completionWindow(BatchCreateParams.CompletionWindow._24H)
                        .build())
                .id();
      }
      try (Scope scope = customer("poller")) {
        Batch batch = client.batches().retrieve(id);
        client.batches().retrieve(id);
        for (int i = 0; i < 2; i++) {
          read(client, batch.outputFileId().get());
        }
        read(client, batch.errorFileId().get());
      }
    }
    try (Scope scope = customer("reader")) {
      read(client, "file-other");
      byRawClient(base, "file-out");
    }
    System.out.println("done");
    System.exit(0);
  }

  private static void read(OpenAIClient client, String file) throws Exception {
    try (HttpResponse response = client.files().content(file);
        InputStream body = response.body()) {
      body.readAllBytes();
    }
  }

  private static void byRawClient(String base, String file) throws Exception {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(base + "/files/" + file + "/content")).build(),
            java.net.http.HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("nightly").route("r").customerId(id).team("t").build());
  }
}
