package io.costattr.it.endpoints;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.translations.TranslationCreateParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.videos.VideoCreateParams;
import com.openai.models.videos.VideoSeconds;
import com.openai.models.videos.VideoSize;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that calls every endpoint, each for a feature of its own; those too that OpenAI has
 * deprecated, and bills as long as it serves them.
 */
@SuppressWarnings("deprecation")
public final class EndpointCalls {
  private static final String FOX = "A red fox in snow";
  private static final String NEWS = "What is new today";
  static final String POLLER = "somebody who only looks";

  private final String base;
  private final OpenAIClient openai;
  private final HttpClient raw = HttpClient.newHttpClient();

  private EndpointCalls(String base) {
    this.base = base;
    this.openai = OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(base).build();
  }

  public static void main(String[] arguments) throws Exception {
    EndpointCalls calls = new EndpointCalls(arguments[0]);
    calls.images();
    calls.sound();
    calls.moderation();
    calls.film();
    calls.background();
    calls.tools();
    System.out.println("done");
    System.exit(0);
  }

  private void images() throws Exception {
    by("image", () -> openai.images().generate(picture("gpt-image-1").n(2).build()));
    by(
        "image-stream",
        () -> {
          try (StreamResponse<?> events =
              openai.images().generateStreaming(picture("gpt-image-1").partialImages(2).build())) {
            readAll(events);
          }
        });
    by(
        "image-edit",
        () ->
            openai
                .images()
                .edit(
                    ImageEditParams.builder()
                        .model("gpt-image-1")
                        .prompt(FOX)
                        .image(file("fox.png", 70_000))
                        .build()));
    by(
        "dall-e",
        () ->
            openai
                .images()
                .generate(
                    picture("dall-e-3")
                        .size("1792x1024")
                        .quality(ImageGenerateParams.Quality.HD)
                        .build()));
    by(
        "dall-e-raw",
        () ->
            post(
                "/images/generations",
                "{\"model\":\"dall-e-2\",\"prompt\":\"A fox\",\"n\":3,\"size\":\"256x256\"}"));
  }

  private static ImageGenerateParams.Builder picture(String model) {
    return ImageGenerateParams.builder().model(model).prompt(FOX);
  }

  private void sound() throws Exception {
    by(
        "transcription-seconds",
        () -> openai.audio().transcriptions().create(heard("whisper-1", 90_000)));
    by(
        "transcription-tokens",
        () -> openai.audio().transcriptions().create(heard("gpt-4o-transcribe", 20_000)));
    by(
        "transcription-stream",
        () -> {
          try (StreamResponse<?> events =
              openai.audio().transcriptions().createStreaming(heard("gpt-4o-transcribe", 20_000))) {
            readAll(events);
          }
        });
    by(
        "translation",
        () ->
            openai
                .audio()
                .translations()
                .create(
                    TranslationCreateParams.builder()
                        .model("whisper-1")
                        .file(file("sound.mp3", 30_000))
                        .responseFormat(TranslationCreateParams.ResponseFormat.VERBOSE_JSON)
                        .build()));
    by(
        "speech",
        () -> {
          try (var sound =
              openai
                  .audio()
                  .speech()
                  .create(
                      SpeechCreateParams.builder()
                          .model("tts-1")
                          .voice("alloy")
                          .input(FOX)
                          .build())) {
            sound.body().readAllBytes();
          }
        });
    by(
        "speech-tokens",
        () ->
            post(
                "/audio/speech",
                "{\"model\":\"gpt-4o-mini-tts\",\"voice\":\"alloy\",\"input\":\""
                    + FOX
                    + "\",\"stream_format\":\"sse\"}"));
  }

  /** With a name, by which the form says that it is a file. */
  private static Path file(String name, int bytes) throws IOException {
    return Files.write(Path.of(name), new byte[bytes]);
  }

  private static TranscriptionCreateParams heard(String model, int bytes) throws IOException {
    return TranscriptionCreateParams.builder()
        .model(model)
        .file(file("sound.mp3", bytes))
        .responseFormat(AudioResponseFormat.JSON)
        .build();
  }

  private void moderation() throws Exception {
    by(
        "moderation",
        () ->
            openai
                .moderations()
                .create(
                    ModerationCreateParams.builder()
                        .model("omni-moderation-latest")
                        .input(NEWS)
                        .build()));
  }

  private void film() throws Exception {
    String[] id = new String[1];
    by(
        "film",
        () ->
            id[0] =
                openai
                    .videos()
                    .create(
                        VideoCreateParams.builder()
                            .model("sora-2")
                            .prompt(FOX)
                            .seconds(VideoSeconds._8)
                            .size(VideoSize._1280X720)
                            .build())
                    .id());
    for (int i = 0; i < 3; i++) {
      by(POLLER, () -> openai.videos().retrieve(id[0]));
    }
  }

  private void background() throws Exception {
    String polled = inBackground("background");
    for (int i = 0; i < 2; i++) {
      by(POLLER, () -> openai.responses().retrieve(polled));
    }
    by(POLLER, () -> get("/responses/" + polled));

    String resumed = inBackground("background-resumed");
    by(
        POLLER,
        () -> {
          try (StreamResponse<?> events = openai.responses().retrieveStreaming(resumed)) {
            readAll(events);
          }
        });
    by(POLLER, () -> openai.responses().retrieve(resumed));

    String cancelled = inBackground("background-cancelled");
    by(POLLER, () -> openai.responses().cancel(cancelled));
  }

  private String inBackground(String feature) throws Exception {
    String[] id = new String[1];
    by(
        feature,
        () ->
            id[0] =
                openai
                    .responses()
                    .create(
                        ResponseCreateParams.builder()
                            .model("gpt-5.4-mini")
                            .input(NEWS)
                            .background(true)
                            .build())
                    .id());
    return id[0];
  }

  private void tools() throws Exception {
    by(
        "tools",
        () ->
            openai
                .responses()
                .create(
                    ran("web_search_call,web_search_call,file_search_call,code_interpreter_call")));
    by("tools-same-container", () -> openai.responses().create(ran("code_interpreter_call")));
    by(
        "tools-picture",
        () ->
            post(
                "/responses",
                "{\"model\":\"gpt-5.5\",\"input\":\""
                    + NEWS
                    + "\",\"tools\":[{\"type\":\"image_generation\",\"model\":\"gpt-image-1\"}]}",
                "x-loopback-ran",
                "image_generation_call"));
    by(
        "tools-declared",
        () ->
            post(
                "/responses",
                "{\"model\":\"gpt-5.5\",\"input\":\""
                    + NEWS
                    + "\",\"tools\":[{\"type\":\"web_search\"},{\"type\":\"file_search\","
                    + "\"vector_store_ids\":[\"vs_1\"]}]}"));
  }

  private static ResponseCreateParams ran(String items) {
    return ResponseCreateParams.builder()
        .model("gpt-5.5")
        .input(NEWS)
        .putAdditionalHeader("x-loopback-ran", items)
        .build();
  }

  private void get(String path) throws Exception {
    send(HttpRequest.newBuilder(URI.create(base + path)));
  }

  private void post(String path, String json, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(json));
    send(headers.length == 0 ? request : request.headers(headers));
  }

  private void send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        raw.send(request.header("authorization", "Bearer sk").build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body());
    }
  }

  private static void readAll(StreamResponse<?> response) {
    response.stream().forEach(event -> {});
  }

  /** What may throw. */
  private interface Action {
    void run() throws Exception;
  }

  private static void by(String feature, Action action) throws Exception {
    Attribution payer =
        Attribution.builder().feature(feature).route("r").customerId("c").team("t").build();
    AttributionContext.call(
        payer,
        () -> {
          action.run();
          return null;
        });
  }
}
