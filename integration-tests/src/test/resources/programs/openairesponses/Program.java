import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.ResponseConnection;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponsesClientEvent;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;

/** Responses over a web socket: opened, used, opened anew and used again, each by a customer. */
public class Program {
  public static void main(String[] arguments) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().baseUrl(arguments[0]).apiKey("sk-test").build();
    ResponseConnection connection;
    try (Scope scope = customer("opened")) {
      connection = client.responses().connect();
    }
    ask(connection, "socket");
    try (Scope scope = customer("opened")) {
      connection.reconnect();
    }
    ask(connection, "reconnected");
    connection.close();
    client.close();
    System.out.println("done");
    System.exit(0);
  }

  private static void ask(ResponseConnection connection, String customer) {
    try (Scope scope = customer(customer)) {
      connection.send(
          ResponsesClientEvent.ofResponseCreate(
              ResponsesClientEvent.ResponseCreate.builder()
                  .model("gpt-4o-mini")
                  .input("Which colour is the sky?")
                  .build()));
    }
    Response response = connection.finalResponse();
    if (!response.usage().isPresent() || response.usage().get().inputTokens() != 2) {
      throw new AssertionError(response);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
