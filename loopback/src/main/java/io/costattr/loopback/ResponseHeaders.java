package io.costattr.loopback;

/** The headers that every answer of the provider carries. */
final class ResponseHeaders {
  private ResponseHeaders() {}

  static void add(Reply reply, long number) {
    String digits = Long.toHexString(number);
    reply
        .header("x-request-id", "req_" + "0".repeat(32 - digits.length()) + digits)
        .header("openai-organization", "org-loopback")
        .header("openai-processing-ms", "42")
        .header("openai-version", "2020-10-01")
        .header("x-ratelimit-limit-requests", "30000")
        .header("x-ratelimit-limit-tokens", "150000000")
        .header("x-ratelimit-remaining-requests", "29999")
        .header("x-ratelimit-remaining-tokens", "149999000")
        .header("x-ratelimit-reset-requests", "2ms")
        .header("x-ratelimit-reset-tokens", "0s");
  }
}
