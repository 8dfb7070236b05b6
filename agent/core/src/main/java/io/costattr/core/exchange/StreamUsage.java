package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.amend.BodyFilter;
import io.costattr.core.amend.Refusal;
import io.costattr.core.amend.StreamOptions;
import io.costattr.core.amend.UsageChunks;
import io.costattr.core.exchange.Exchange.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the usage of chat streams whose application did not ({@code
 * costattr.stream.usage=request}), and hides from the application that it was asked for. Off unless
 * started. Thread-safe; no method throws.
 */
public final class StreamUsage {
  /** A request's body is looked at as a whole, and its copy is sent. */
  static final int MAX_REQUEST = 1 << 20;

  private static final String OPENAI = "api.openai.com";

  /** Headers that a request has when its body is signed: it must arrive as it is. */
  private static final String[] SIGNED = {
    "content-md5",
    "content-digest",
    "digest",
    "repr-digest",
    "signature",
    "x-amz-content-sha256",
    "x-ms-content-sha256"
  };

  private static volatile @Nullable StreamUsage running;

  private final Set<String> hosts;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  private StreamUsage(Set<String> hosts) {
    this.hosts = hosts;
  }

  /**
   * Begins to ask.
   *
   * @param hosts accept the option besides OpenAI's own: HOST or HOST:PORT, divided by commas; may
   *     be null
   */
  public static void start(@Nullable String hosts) {
    Set<String> named = new HashSet<>();
    for (String host : hosts == null ? new String[0] : hosts.split(",")) {
      named.add(host.trim().toLowerCase(Locale.ROOT));
    }
    running = new StreamUsage(named);
  }

  /**
   * Whether {@link #added} is to be asked about the request's body, which must be one that can be
   * read twice.
   *
   * @param length of the body in bytes, negative when that is not known
   * @param request looks up a header of the request
   */
  public static boolean wants(Exchange exchange, long length, Headers request) {
    StreamUsage usage = running;
    return usage != null
        && length > 0
        && length <= MAX_REQUEST
        && usage.accepts(exchange.start())
        && request.first("accept-encoding") == null
        && !isFixed(request);
  }

  /**
   * The body with the option, to be sent in place of the application's; null when that is to be
   * sent as it is.
   */
  public static byte @Nullable [] added(Exchange exchange, byte[] body) {
    try {
      byte[] added = StreamOptions.add(body);
      if (added != null) {
        exchange.usageAdded();
      }
      return added;
    } catch (Throwable fault) {
      Log.fault("asking for the usage of a stream", fault);
      return null;
    }
  }

  /**
   * What the response's body has to pass before the application reads it; null when it may be read
   * as it comes.
   */
  public static @Nullable BodyFilter filter(Exchange exchange, int httpStatus) {
    if (!exchange.isUsageAdded()) {
      return null;
    }
    if (httpStatus < 300) {
      return new UsageChunks();
    }
    StreamUsage usage = running;
    return httpStatus < 500 && usage != null
        ? new Refusal(() -> usage.refusedBy(exchange.start()))
        : null;
  }

  private boolean accepts(Start start) {
    String name = start.host().toLowerCase(Locale.ROOT);
    boolean known =
        name.equals(OPENAI)
            || name.endsWith("." + OPENAI)
            || hosts.contains(name)
            || hosts.contains(server(start));
    return known
        && start.route().dialect().takesStreamOptions(start.route().endpoint())
        && !refused.contains(server(start));
  }

  private void refusedBy(Start start) {
    if (refused.add(server(start))) {
      Log.warnOnce(
          "stream-options:" + server(start),
          server(start)
              + " refuses stream_options.include_usage: costattr does not ask it for the usage of"
              + " streams any more");
    }
  }

  private static String server(Start start) {
    return start.host().toLowerCase(Locale.ROOT) + ':' + start.port();
  }

  /** Whether a request's body must arrive as it is, or is in no form to be changed. */
  static boolean isFixed(Headers request) {
    for (String name : SIGNED) {
      if (request.first(name) != null) {
        return true;
      }
    }
    String authorization = request.first("authorization");
    return request.first("content-encoding") != null
        || (authorization != null
            && (authorization.startsWith("AWS4-") || authorization.startsWith("Signature ")));
  }
}
