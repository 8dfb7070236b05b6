package io.costattr.it.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/**
 * A program that uploads files of batch requests, makes jobs of them for one customer and downloads
 * the results, twice, for another; or, told so, only downloads.
 */
public final class BatchLineCalls {
  private static final String BOUNDARY = "b0undary";

  private final String base;
  private final OpenAIClient client;

  private BatchLineCalls(String base) {
    this.base = base;
    this.client =
        OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(base).maxRetries(0).build();
  }

  public static void main(String[] arguments) throws Exception {
    BatchLineCalls calls = new BatchLineCalls(arguments[0]);
    for (int i = 2; i < arguments.length; i++) {
      Path file = Path.of(arguments[i]);
      String job = "batch_" + file.getFileName();
      switch (arguments[1]) {
        case "openai-java" -> calls.read(calls.make(calls.upload(file, FilePurpose.BATCH)));
        case "openai-java async" -> calls.read(calls.make(calls.uploadAsync(file)));
        case "jdk" -> calls.read(calls.make(calls.uploadRaw(file)));
        case "another purpose" -> calls.read(calls.make(calls.upload(file, FilePurpose.EVALS)));
        case "cut" -> {
          calls.uploadCut(file);
          calls.read(calls.make("file-" + file.getFileName()));
        }
        default -> calls.read(job);
      }
    }
    System.out.println("done");
    System.exit(0);
  }

  private String upload(Path file, FilePurpose purpose) {
    return client
        .files()
        .create(FileCreateParams.builder().file(file).purpose(purpose).build())
        .id();
  }

  private String uploadAsync(Path file) {
    return client
        .async()
        .files()
        .create(FileCreateParams.builder().file(file).purpose(FilePurpose.BATCH).build())
        .join()
        .id();
  }

  /** A form of one's own: its purpose is said first. */
  private String uploadRaw(Path file) throws Exception {
    String answer =
        HttpClient.newHttpClient()
            .send(
                post(
                    BodyPublishers.concat(
                        BodyPublishers.ofString(head(file)),
                        BodyPublishers.ofFile(file),
                        BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"))),
                java.net.http.HttpResponse.BodyHandlers.ofString())
            .body();
    return answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
  }

  /** The file cannot be read to its end. */
  private void uploadCut(Path file) throws Exception {
    byte[] begin = java.nio.file.Files.readAllBytes(file);
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(head(file).getBytes(UTF_8)),
            new SequenceInputStream(
                new ByteArrayInputStream(begin),
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    throw new IOException("the disk is gone");
                  }
                }));
    try {
      HttpClient.newHttpClient()
          .send(
              post(BodyPublishers.ofInputStream(() -> broken)),
              java.net.http.HttpResponse.BodyHandlers.ofString());
      throw new IllegalStateException("a broken file was uploaded");
    } catch (IOException expected) {
      System.out.println("cut");
    }
  }

  private HttpRequest post(HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(base + "/files"))
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .version(HttpClient.Version.HTTP_1_1)
        .POST(body)
        .build();
  }

  private static String head(Path file) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
        + file.getFileName()
        + "\"\r\nContent-Type: application/jsonl\r\n\r\n";
  }

  private String make(String file) {
    try (Scope scope = customer("maker")) {
      return client
          .batches()
          .create(
              BatchCreateParams.builder()
                  .inputFileId(file)
                  .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                  .completionWindow(BatchCreateParams.CompletionWindow._24H)
                  .build())
          .id();
    }
  }

  private void read(String job) throws IOException {
    try (Scope scope = customer("reader")) {
      Batch batch = client.batches().retrieve(job);
      for (int i = 0; i < 2; i++) {
        try (HttpResponse response = client.files().content(batch.outputFileId().get());
            InputStream body = response.body()) {
          body.readAllBytes();
        }
      }
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder()
            .feature("nightly")
            .route("r")
            .customerId(id)
            .team("t")
            .tag("run", "7")
            .build());
  }
}
