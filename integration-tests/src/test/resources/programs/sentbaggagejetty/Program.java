import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import org.eclipse.jetty.client.HttpClient;

/** Asks each URL for somebody, and prints what the application sees of baggage afterwards. */
public class Program {
  public static void main(String[] urls) throws Exception {
    HttpClient client = new HttpClient();
    client.start();
    Attribution who = Attribution.builder().customerId("cust_1").team("search").build();
    try (Scope scope = AttributionContext.with(who)) {
      for (String url : urls) {
        var seen = client.newRequest(url).send().getRequest().getHeaders();
        System.out.println(seen.getValuesList("baggage"));
      }
    }
    System.exit(0);
  }
}
