import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Streaming;

/** A hand-written interface of Retrofit's; a customer for each kind of call. */
public class Program {
  private static final String QUESTION =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]";

  interface Chat {
    @POST("chat/completions")
    Call<ResponseBody> complete(@Header("Authorization") String key, @Body RequestBody question);

    @Streaming
    @POST("chat/completions")
    Call<ResponseBody> stream(@Header("Authorization") String key, @Body RequestBody question);
  }

  public static void main(String[] arguments) throws Exception {
    Chat chat = new Retrofit.Builder().baseUrl(arguments[0] + "/").build().create(Chat.class);
    try (Scope scope = customer("sync")) {
      check(chat.complete("Bearer sk-test", json("}")).execute());
    }
    try (Scope scope = customer("stream")) {
      check(
          chat.stream(
                  "Bearer sk-test",
                  json(",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"))
              .execute());
    }
    CompletableFuture<Response<ResponseBody>> later = new CompletableFuture<>();
    try (Scope scope = customer("async")) {
      chat.complete("Bearer sk-test", json("}"))
          .enqueue(
              new Callback<ResponseBody>() {
                @Override
                public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
                  later.complete(response);
                }

                @Override
                public void onFailure(Call<ResponseBody> call, Throwable failure) {
                  later.completeExceptionally(failure);
                }
              });
    }
    check(later.get());
    System.out.println("done");
    System.exit(0);
  }

  private static RequestBody json(String end) {
    return RequestBody.create(MediaType.parse("application/json"), QUESTION + end);
  }

  private static void check(Response<ResponseBody> response) throws Exception {
    String answer = response.body().string();
    if (!answer.contains("gpt-4o-mini")) {
      throw new AssertionError(answer);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
