import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.slf4j.MDC;

/** Calls with a customer in the logging context, and without. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    MDC.put("customerId", "cust_1");
    chat(arguments[0]);
    MDC.clear();
    chat(arguments[0]);
    System.out.println("done");
  }

  static void chat(String base) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Authorization", "Bearer sk-test")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"gpt-5.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
