package io.costattr.it.versions;

import io.costattr.loopback.Reply;
import io.costattr.loopback.WireHandler;
import io.costattr.loopback.WireRequest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers as Anthropic does on {@code /anthropic/v1/messages}; a request for at most 99 tokens is
 * refused at first, and by turns.
 */
final class AnthropicWire implements WireHandler {
  private static final String USAGE =
      "{\"input_tokens\":2,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
          + "\"output_tokens\":";
  private static final String MESSAGE =
      "{\"id\":\"msg_01\",\"type\":\"message\",\"role\":\"assistant\","
          + "\"model\":\"claude-haiku-4-5-20251001\",\"content\":[%s],\"stop_reason\":%s,"
          + "\"stop_sequence\":null,\"usage\":%s}";
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  @Override
  public void handle(WireRequest request, Reply reply) throws IOException {
    String body = request.text();
    if (!request.path().equals("/anthropic/v1/messages")) {
      reply.status(404).body("{}");
    } else if (body.contains("\"max_tokens\":99") && !refused.remove(body)) {
      refused.add(body);
      reply
          .status(429)
          .header("content-type", "application/json")
          .header("retry-after-ms", "50")
          .body(
              "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Slow\"}}");
    } else if (body.contains("\"stream\":true")) {
      reply.header("content-type", "text/event-stream").chunked();
      event(reply, "message_start", "\"message\":" + message("", "null", USAGE + "1}"));
      event(
          reply,
          "content_block_start",
          "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
      event(
          reply,
          "content_block_delta",
          "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi.\"}");
      event(reply, "content_block_stop", "\"index\":0");
      event(
          reply,
          "message_delta",
          "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
              + "\"usage\":{\"output_tokens\":4}");
      event(reply, "message_stop", "\"index\":0");
      reply.end();
    } else {
      reply
          .header("content-type", "application/json")
          .body(message("{\"type\":\"text\",\"text\":\"Hi.\"}", "\"end_turn\"", USAGE + "4}"));
    }
  }

  private static String message(String content, String stopReason, String usage) {
    return MESSAGE.formatted(content, stopReason, usage);
  }

  private static void event(Reply reply, String type, String members) throws IOException {
    reply.part("event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n");
  }
}
