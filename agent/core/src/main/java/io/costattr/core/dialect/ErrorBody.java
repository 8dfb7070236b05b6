package io.costattr.core.dialect;

/** Errors as providers word them, in JSON: for an answer that is given in a provider's place. */
final class ErrorBody {
  private static final int CONTROLS = 0x20;

  private ErrorBody() {}

  static String openAi(String message, String type, String code) {
    return "{\"error\":{\"message\":"
        + text(message)
        + ",\"type\":"
        + text(type)
        + ",\"code\":"
        + text(code)
        + ",\"param\":null}}";
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
