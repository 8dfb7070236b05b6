package io.costattr.core.dialect;

import io.costattr.core.dialect.SocketMessage.Refusal;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Errors as providers word them, in JSON: for an answer that is given in a provider's place. */
final class ErrorBody {
  private static final int CONTROLS = 0x20;

  private ErrorBody() {}

  static String openAi(String message, String type, String code) {
    return "{\"error\":{" + members(message, type, code) + "}}";
  }

  private static String members(String message, String type, String code) {
    return "\"message\":"
        + text(message)
        + ",\"type\":"
        + text(type)
        + ",\"code\":"
        + text(code)
        + ",\"param\":null";
  }

  /**
   * On a web socket that has responses only.
   *
   * @param lane which of several streams of responses it is about, or null
   */
  static String onSocket(Refusal refusal, @Nullable String lane) {
    return onSocket(
        "\"status\":" + refusal.status() + (lane == null ? "" : ",\"stream_id\":" + text(lane)),
        refusal,
        "");
  }

  /**
   * In a conversation on a web socket, whose messages have names.
   *
   * @param answered the name of the one that is refused; null when it has none
   */
  static String inConversation(Refusal refusal, @Nullable String answered) {
    return onSocket(
        "\"event_id\":" + text("event_" + refusal.id()),
        refusal,
        ",\"event_id\":" + (answered == null ? "null" : text(answered)));
  }

  /** With members of the message's own, and of the error's. */
  private static String onSocket(String own, Refusal refusal, String ofError) {
    return "{\"type\":\"error\","
        + own
        + ",\"error\":{"
        + members(refusal.message(), refusal.type(), refusal.code())
        + ofError
        + ",\"headers\":"
        + object(refusal.headers())
        + "}}";
  }

  /** The code stands beside what Anthropic says of a 429. */
  static String anthropic(String message, String code) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":"
        + text(message)
        + ",\"code\":"
        + text(code)
        + "}}";
  }

  /** As Google's APIs say it, with the code as the reason of an {@code ErrorInfo}. */
  static String google(String message, String code) {
    return "{\"error\":{\"code\":429,\"message\":"
        + text(message)
        + ",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":"
        + "\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":"
        + text(code)
        + "}]}}";
  }

  private static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> text(member.getKey()) + ":" + text(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** A string of JSON. */
  private static String text(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < CONTROLS || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
