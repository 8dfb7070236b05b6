package io.costattr.loopback;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer that is an error, in OpenAI's shape. */
record Refusal(
    int status, String type, @Nullable String param, @Nullable String code, String message) {

  static Refusal of(Fault fault) {
    return switch (fault) {
      case UNAUTHORIZED -> noKey();
      case NOT_FOUND -> noModel("error-404");
      case RATE_LIMIT, RATE_LIMIT_ONCE ->
          new Refusal(
              429,
              "requests",
              null,
              "rate_limit_exceeded",
              "Rate limit reached for requests per min. Please try again in 50ms.");
      case QUOTA ->
          new Refusal(
              429,
              "insufficient_quota",
              null,
              "insufficient_quota",
              "You exceeded your current quota, please check your plan and billing details.");
      case SERVER ->
          new Refusal(
              500,
              "server_error",
              null,
              null,
              "The server had an error while processing your request.");
      case OVERLOADED ->
          new Refusal(
              503,
              "service_unavailable_error",
              null,
              "server_is_overloaded",
              "Our servers are currently overloaded. Please try again later.");
      case BAD_REQUEST, RESET, CUT, STALL, STREAM_ERROR ->
          invalid("temperature", "Invalid value for 'temperature'.");
    };
  }

  static Refusal noKey() {
    return new Refusal(
        401,
        "invalid_request_error",
        null,
        "invalid_api_key",
        "You didn't provide an API key, or it is not valid.");
  }

  static Refusal noModel(String model) {
    return new Refusal(
        404,
        "invalid_request_error",
        null,
        "model_not_found",
        "The model `" + model + "` does not exist or you do not have access to it.");
  }

  static Refusal noUrl(String method, String path) {
    return new Refusal(
        404, "invalid_request_error", null, "unknown_url", "Unknown URL: " + method + " " + path);
  }

  static Refusal invalid(@Nullable String param, String message) {
    return new Refusal(400, "invalid_request_error", param, null, message);
  }

  static Refusal missing(String param) {
    return new Refusal(
        400,
        "invalid_request_error",
        param,
        "missing_required_parameter",
        "Missing required parameter: '" + param + "'.");
  }

  Map<String, @Nullable Object> json() {
    return Json.object(
        "error", Json.object("message", message, "type", type, "param", param, "code", code));
  }
}
