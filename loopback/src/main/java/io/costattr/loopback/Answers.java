package io.costattr.loopback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each endpoint answers to a call that nothing is wrong with. Thread-safe. */
final class Answers {
  private final Jobs jobs = new Jobs();

  /** Answers a call on one of the paths of models; a fault strikes in the midst of the body. */
  void answer(String path, Reply reply, Call call, @Nullable Fault fault) throws IOException {
    boolean streams = call.prompt().streams();
    switch (path) {
      case "/v1/chat/completions" -> {
        if (streams) {
          EventStream.send(reply, ChatWire.events(call), fault);
        } else {
          json(reply, ChatWire.json(call), fault);
        }
      }
      case "/v1/responses" -> {
        if (call.prompt().flag("background", false)) {
          json(reply, jobs.response(call), fault);
        } else if (streams) {
          EventStream.send(reply, ResponsesWire.events(call), fault);
        } else {
          json(reply, ResponsesWire.json(call), fault);
        }
      }
      case "/v1/completions" -> {
        if (streams) {
          EventStream.send(reply, CompletionsWire.events(call), fault);
        } else {
          json(reply, CompletionsWire.json(call), fault);
        }
      }
      case "/v1/images/generations", "/v1/images/edits" -> {
        if (streams) {
          EventStream.send(reply, ImagesWire.events(call), fault);
        } else {
          json(reply, ImagesWire.json(call), fault);
        }
      }
      case "/v1/audio/transcriptions" -> {
        if (streams) {
          EventStream.send(reply, AudioWire.transcriptionEvents(call), fault);
        } else {
          json(reply, AudioWire.transcription(call), fault);
        }
      }
      case "/v1/audio/translations" -> json(reply, AudioWire.translation(call), fault);
      case "/v1/audio/speech" -> {
        if ("sse".equals(call.prompt().text("stream_format"))) {
          EventStream.send(reply, AudioWire.speechEvents(call), fault);
        } else {
          AudioWire.speech(call, reply);
        }
      }
      case "/v1/moderations" -> json(reply, moderation(call), fault);
      case "/v1/videos" -> json(reply, jobs.video(call), fault);
      default -> json(reply, EmbeddingsWire.json(call), fault);
    }
  }

  /** Nothing is found, and no usage is reported: moderation is free. */
  private static String moderation(Call call) {
    return Json.write(
        Json.object(
            "id",
            call.id("modr-"),
            "model",
            call.model(),
            "results",
            List.of(
                Json.object(
                    "flagged",
                    false,
                    "categories",
                    Json.object(),
                    "category_scores",
                    Json.object(),
                    "category_applied_input_types",
                    Json.object()))));
  }

  /** Answers a call about work that another call has asked for; false when it is about none. */
  boolean tellsOfWork(WireRequest request, Reply reply) throws IOException {
    return jobs.answer(request, reply);
  }

  static void json(Reply reply, String json, @Nullable Fault fault) throws IOException {
    reply.header("content-type", "application/json");
    if (fault != Fault.CUT && fault != Fault.STALL) {
      reply.body(json);
      return;
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    reply.fixed(bytes.length).part(Arrays.copyOf(bytes, bytes.length / 2));
    if (fault == Fault.CUT) {
      reply.reset();
    } else {
      reply.stall();
    }
  }
}
