import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;

/** Asks each URL for somebody, and prints what the application sees of baggage afterwards. */
public class Program {
  public static void main(String[] urls) throws Exception {
    Vertx vertx = Vertx.vertx();
    HttpClient client = vertx.createHttpClient();
    Attribution who = Attribution.builder().customerId("cust_1").team("search").build();
    try (Scope scope = AttributionContext.with(who)) {
      for (String url : urls) {
        RequestOptions options = new RequestOptions().setAbsoluteURI(url).setFollowRedirects(true);
        CompletableFuture<Object> seen = new CompletableFuture<>();
        // On one context, so that no answer is over before it is listened to.
        vertx
            .getOrCreateContext()
            .runOnContext(
                now ->
                    client
                        .request(options)
                        .compose(
                            request ->
                                request
                                    .send()
                                    .compose(response -> response.body())
                                    .map(body -> request.headers().getAll("baggage")))
                        .onSuccess(seen::complete)
                        .onFailure(seen::completeExceptionally));
        System.out.println(seen.get());
      }
    }
    System.exit(0);
  }
}
