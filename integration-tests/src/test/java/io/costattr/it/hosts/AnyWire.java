package io.costattr.it.hosts;

import io.costattr.loopback.Reply;
import io.costattr.loopback.WireHandler;
import io.costattr.loopback.WireRequest;
import java.io.IOException;

/** Answers as the path asks for it, whatever host was asked: two tokens in, four out. */
final class AnyWire implements WireHandler {
  @Override
  public void handle(WireRequest request, Reply reply) throws IOException {
    reply.header("content-type", "application/json").body(answer(request.path()));
  }

  private static String answer(String path) {
    if (path.endsWith("/api/chat")) {
      return "{\"model\":\"llama3.2\",\"created_at\":\"2026-11-20T10:00:00Z\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"Hi.\"},\"done\":true,\"done_reason\":\"stop\","
          + "\"total_duration\":5,\"prompt_eval_count\":2,\"eval_count\":4}";
    }
    if (path.endsWith("/messages")) {
      return "{\"id\":\"msg_01\",\"type\":\"message\",\"role\":\"assistant\","
          + "\"model\":\"claude-haiku-4-5-20251001\",\"content\":[{\"type\":\"text\","
          + "\"text\":\"Hi.\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
          + "\"usage\":{\"input_tokens\":2,\"output_tokens\":4}}";
    }
    if (path.endsWith("/responses")) {
      return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1750000000,"
          + "\"status\":\"completed\",\"model\":\"gpt-4o-mini-2024-07-18\",\"output\":[],"
          + "\"usage\":{\"input_tokens\":2,\"output_tokens\":4,\"total_tokens\":6}}";
    }
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1750000000,"
        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":"
        + "{\"role\":\"assistant\",\"content\":\"Hi.\"},\"finish_reason\":\"stop\"}],"
        + "\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":4,\"total_tokens\":6}}";
  }
}
