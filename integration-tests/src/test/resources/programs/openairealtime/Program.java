import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.helpers.RealtimeConnection;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.InputAudioBufferCommitEvent;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.ResponseCreateEvent;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;

/** A realtime conversation: one response that is asked for, and one that is not. */
public class Program {
  public static void main(String[] arguments) {
    ClientOptions options =
        ClientOptions.builder()
            .httpClient(OkHttpClient.builder().build())
            .baseUrl(arguments[0])
            .apiKey("sk-test")
            .build();
    RealtimeConnection connection;
    try (Scope scope = customer("socket-opened")) {
      connection =
          RealtimeConnection.connect(
              options, RealtimeWebSocketOptions.builder().model("gpt-realtime").build());
    }
    until(connection, "session.created");
    try (Scope scope = customer("socket")) {
      connection.send(RealtimeClientEvent.ofResponseCreate(ResponseCreateEvent.builder().build()));
      until(connection, "response.done");
      connection.send(
          RealtimeClientEvent.ofInputAudioBufferCommit(
              InputAudioBufferCommitEvent.builder().build()));
      until(connection, "response.done");
    }
    connection.close();
    options.close();
    System.out.println("done");
    System.exit(0);
  }

  private static void until(RealtimeConnection connection, String type) {
    RealtimeServerEvent event = connection.receive();
    while (!event.toString().contains(type)) {
      event = connection.receive();
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
