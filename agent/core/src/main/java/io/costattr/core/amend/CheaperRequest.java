package io.costattr.core.amend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that asks for less: another model, a lower maximum of output tokens, another service
 * tier. Everything else of it stays as it is, byte by byte. Immutable; nobody may write to its
 * bytes.
 */
public final class CheaperRequest {
  private static final String MODEL = "\"model\"";
  private static final String TIER = "\"service_tier\"";
  private static final Set<String> LIMITS =
      Set.of("\"max_completion_tokens\"", "\"max_output_tokens\"", "\"max_tokens\"");

  private final byte[] body;
  private final String changes;

  private CheaperRequest(byte[] body, String changes) {
    this.body = body;
    this.changes = changes;
  }

  /**
   * What is wanted; a null stays as it is.
   *
   * @param model the model to ask for, where the request names one
   * @param outputLimit the most output tokens to ask for
   * @param limitName the member that sets it where the request sets none; null: it is not set then
   * @param serviceTier the tier to ask for
   */
  public record Wish(
      @Nullable String model,
      @Nullable Long outputLimit,
      @Nullable String limitName,
      @Nullable String serviceTier) {}

  /**
   * Makes a request cheaper.
   *
   * @param request a JSON document
   * @return null when nothing of it is to be changed, or it is not one whole object
   */
  public static @Nullable CheaperRequest of(byte[] request, Wish wish) {
    Writing writing = new Writing(request, wish);
    if (!Members.walk(request, 0, request.length, writing::member)) {
      return null;
    }
    byte[] body = writing.end();
    return writing.changes.isEmpty()
        ? null
        : new CheaperRequest(body, String.join("; ", writing.changes));
  }

  /** The request, to be sent in place of the application's. */
  public byte[] body() {
    return body;
  }

  /**
   * What was changed, for a person: {@code model gpt-5.5 to gpt-5.4-mini; service_tier to flex}.
   */
  public String changes() {
    return changes;
  }

  private static final class Writing {
    private final byte[] request;
    private final Wish wish;
    private final ByteArrayOutputStream out;
    private final List<String> changes = new ArrayList<>();
    private int copied;
    private int lastEnd;
    private boolean limited;
    private boolean tiered;

    Writing(byte[] request, Wish wish) {
      this.request = request;
      this.wish = wish;
      this.out = new ByteArrayOutputStream(request.length + 128);
    }

    void member(int comma, int name, int nameEnd, int value, int valueEnd) {
      lastEnd = valueEnd;
      String said = text(name, nameEnd);
      if (said.equals(MODEL) && wish.model() != null && request[value] == '"') {
        replace(said, value, valueEnd, quoted(wish.model()));
      } else if (LIMITS.contains(said) && wish.outputLimit() != null) {
        limited = true;
        String before = text(value, valueEnd);
        if (!isAtMost(before, wish.outputLimit())) {
          replace(said, value, valueEnd, Long.toString(wish.outputLimit()));
        }
      } else if (said.equals(TIER) && wish.serviceTier() != null) {
        tiered = true;
        replace(said, value, valueEnd, quoted(wish.serviceTier()));
      }
    }

    private void replace(String name, int value, int valueEnd, String by) {
      String before = text(value, valueEnd);
      if (!before.equals(by)) {
        out.write(request, copied, value - copied);
        out.writeBytes(by.getBytes(UTF_8));
        copied = valueEnd;
        changes.add(plain(name) + " " + plain(before) + " to " + plain(by));
      }
    }

    /** The whole, with what the request does not have. */
    byte[] end() {
      if (lastEnd > 0) {
        String limit = wish.limitName();
        out.write(request, copied, lastEnd - copied);
        copied = lastEnd;
        if (!limited && limit != null && wish.outputLimit() != null) {
          add('"' + limit + '"', Long.toString(wish.outputLimit()));
        }
        if (!tiered && wish.serviceTier() != null) {
          add(TIER, quoted(wish.serviceTier()));
        }
      }
      out.write(request, copied, request.length - copied);
      return out.toByteArray();
    }

    private void add(String name, String value) {
      out.writeBytes((',' + name + ':' + value).getBytes(UTF_8));
      changes.add(plain(name) + " to " + plain(value));
    }

    private String text(int from, int to) {
      return new String(request, from, to - from, UTF_8);
    }
  }

  private static boolean isAtMost(String number, long most) {
    try {
      return Long.parseLong(number) <= most;
    } catch (NumberFormatException none) {
      return false;
    }
  }

  private static String plain(String json) {
    return json.replace("\"", "");
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
