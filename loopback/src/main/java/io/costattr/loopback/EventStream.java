package io.costattr.loopback;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Server-sent events, each one chunk and one flush. */
final class EventStream {
  static final String DONE = "data: [DONE]\n\n";

  private EventStream() {}

  static String data(Map<String, @Nullable Object> json) {
    return "data: " + Json.write(json) + "\n\n";
  }

  static String event(String type, Map<String, @Nullable Object> json) {
    return "event: " + type + "\n" + data(json);
  }

  /** Sends the events; a fault strikes in their middle. */
  static void send(Reply reply, List<String> events, @Nullable Fault fault) throws IOException {
    reply.header("content-type", "text/event-stream; charset=utf-8").chunked();
    for (int i = 0; i < events.size(); i++) {
      if (fault != null && i == events.size() / 2) {
        strike(reply, fault);
        return;
      }
      reply.part(events.get(i));
    }
    reply.end();
  }

  private static void strike(Reply reply, Fault fault) throws IOException {
    switch (fault) {
      case CUT -> reply.reset();
      case STALL -> reply.stall();
      default -> {
        reply.part(data(Refusal.of(Fault.SERVER).json()));
        reply.end();
      }
    }
  }
}
