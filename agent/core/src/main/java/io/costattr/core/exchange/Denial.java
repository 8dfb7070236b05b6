package io.costattr.core.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.budget.Blocked;
import io.costattr.core.budget.Unit;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Route;
import io.costattr.core.dialect.SocketMessage;
import io.costattr.core.price.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the provider's place, because of a budget: status 429 with what a provider's client
 * needs to tell it, and what the agent's API reads. Whoever gets it sends nothing of the request
 * and gives this to the application as if it had come over the network. Immutable; nobody may write
 * to its bytes.
 */
public final class Denial implements Objection {
  /** The status of all of them: {@value}. */
  public static final int STATUS = 429;

  /** What HTTP/1.1 says behind the status: {@value}. */
  public static final String REASON = "Too Many Requests";

  /** A header that no other answer has. Beginning of the names of the others. */
  public static final String MARK = "x-costattr-budget";

  private static final String HEX = "0123456789ABCDEF";
  private static final int LONGEST = 1_024;

  private final String message;
  private final List<Header> headers;
  private final byte[] body;

  /** A header of the answer; its name is in lower case. */
  public record Header(String name, String value) {}

  private Denial(String message, List<Header> headers, byte[] body) {
    this.message = message;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /**
   * @param id by which provider's clients name the request
   */
  static Denial of(Blocked blocked, Dialect dialect, String id, Instant now) {
    byte[] body = dialect.exhausted(blocked.message(), Blocked.TYPE, Blocked.CODE).getBytes(UTF_8);
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("content-type", "application/json"));
    headers.add(new Header("content-length", Integer.toString(body.length)));
    headers.add(new Header("retry-after", Long.toString(blocked.retryAfterSeconds(now))));
    headers.add(new Header("x-should-retry", "false"));
    headers.add(new Header("x-request-id", id));
    headers.add(new Header(MARK, encoded(blocked.budget())));
    add(headers, "-value", blocked.value());
    add(headers, "-reason", blocked.reason().name().toLowerCase(Locale.ROOT));
    add(headers, "-unit", blocked.unit().id());
    add(headers, "-limit", amount(blocked.unit(), blocked.limit()));
    add(headers, "-spent", amount(blocked.unit(), blocked.spent()));
    add(headers, "-reset", blocked.resetsAt().toString());
    return new Denial(blocked.message(), headers, body);
  }

  private static void add(List<Header> headers, String name, @Nullable String value) {
    String encoded = value == null ? "" : encoded(value);
    // A proxy's limit for all headers may be a few kilobytes.
    if (!encoded.isEmpty() && encoded.length() <= LONGEST) {
      headers.add(new Header(MARK + name, encoded));
    }
  }

  private static String amount(Unit unit, long quantity) {
    if (unit != Unit.USD) {
      return Long.toString(quantity);
    }
    BigDecimal usd = Cost.usd(quantity).stripTrailingZeros();
    return (usd.scale() < 0 ? usd.setScale(0) : usd).toPlainString();
  }

  /** What is no printable character of ASCII, and the percent sign, is percent-encoded UTF-8. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      if (b > ' ' && b < 0x7F && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
      }
    }
    return encoded.toString();
  }

  /** The same as a message on a web socket on which {@code asking} was to be sent. */
  String onSocket(SocketMessage asking, Route socket) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Header header : headers) {
      if (!header.name().startsWith("content-")) {
        all.put(header.name(), header.value());
      }
    }
    return asking.refused(
        socket,
        new SocketMessage.Refusal(
            String.valueOf(header("x-request-id")),
            STATUS,
            message,
            Blocked.TYPE,
            Blocked.CODE,
            all));
  }

  /** In the order in which they would come. */
  public List<Header> headers() {
    return headers;
  }

  /** The value of the header of that name, which is in lower case; null when there is none. */
  public @Nullable String header(String name) {
    for (Header header : headers) {
      if (header.name().equals(name)) {
        return header.value();
      }
    }
    return null;
  }

  /** The media type of the body. */
  public String contentType() {
    return String.valueOf(header("content-type"));
  }

  /** JSON in UTF-8, not to be written to. */
  public byte[] body() {
    return body;
  }
}
