package io.costattr.advice.openai;

import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import io.costattr.core.exchange.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds and carries the logical call of a request of openai-java. */
final class LogicalCall {
  private record Client(String version, String name) {}

  private static volatile Client lastClient = new Client("", "openai-java");

  private LogicalCall() {}

  /** Captures the call on this thread, which is the one that made it. */
  static Call capture(HttpRequest request) {
    return Call.capture(client(request));
  }

  /**
   * The call that travels with a request, by the request itself or by its body: every retry sends a
   * new request with the same body. Null when none does.
   */
  static @Nullable Call carriedBy(HttpRequest request) {
    Call call = Call.carriedBy(request);
    if (call == null) {
      HttpRequestBody body = request.body();
      call = body == null ? null : Call.carriedBy(body);
    }
    return call;
  }

  /** Lets the call travel with the body, to the attempts that are made on other threads. */
  static void carry(Call call, HttpRequest request) {
    HttpRequestBody body = request.body();
    if (body != null) {
      call.carryWith(body);
    }
  }

  private static String client(HttpRequest request) {
    List<String> version = request.headers().values("X-Stainless-Package-Version");
    if (version.isEmpty()) {
      return "openai-java";
    }
    // One version per loader, nearly always: its name is made once.
    Client last = lastClient;
    if (!last.version.equals(version.get(0))) {
      last = new Client(version.get(0), "openai-java " + version.get(0));
      lastClient = last;
    }
    return last.name;
  }
}
