package io.costattr.loopback;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Work that one call asks for and others tell of: responses in the background and videos. At the
 * first look it is in progress, from the second on it has come to its end. Thread-safe.
 */
final class Jobs {
  private static final String QUEUED = "queued";
  private final Map<String, Job> byPath = new ConcurrentHashMap<>();

  /**
   * A piece of work.
   *
   * @param shape of the work, by its status; {@code done} for the end that it comes to by itself
   */
  private record Job(
      Function<String, Map<String, @Nullable Object>> shape,
      List<String> events,
      AtomicInteger looks) {}

  /** A response in the background; what its call is answered with. */
  String response(Call call) {
    return add("/v1/responses/" + call.id("resp_"), ResponsesWire.job(call), call);
  }

  /** A video; what its call is answered with. */
  String video(Call call) {
    return add("/v1/videos/" + call.id("video_"), status -> video(call, status), call);
  }

  private String add(
      String path, Function<String, Map<String, @Nullable Object>> shape, Call call) {
    List<String> events =
        path.startsWith("/v1/responses/") ? ResponsesWire.events(call) : List.of();
    byPath.put(path, new Job(shape, events, new AtomicInteger()));
    return Json.write(shape.apply(QUEUED));
  }

  /** Answers a look at some work, or a wish to cancel it; false when the path is of none. */
  boolean answer(WireRequest request, Reply reply) throws IOException {
    boolean cancels = request.method().equals("POST") && request.path().endsWith("/cancel");
    String path = request.path();
    Job job = byPath.get(cancels ? path.substring(0, path.lastIndexOf('/')) : path);
    if (job == null || !(cancels || request.method().equals("GET"))) {
      return false;
    }
    if (request.target().contains("stream=true")) {
      EventStream.send(reply, job.events(), null);
      return true;
    }
    String status =
        cancels ? "cancelled" : job.looks().incrementAndGet() == 1 ? "in_progress" : "done";
    reply.header("content-type", "application/json").body(Json.write(job.shape().apply(status)));
    return true;
  }

  private static Map<String, @Nullable Object> video(Call call, String status) {
    boolean done = status.equals("done");
    // A text in JSON, and in a form what looks like a number.
    Object seconds = call.prompt().json().get("seconds");
    String size = call.prompt().text("size");
    return Json.object(
        "id",
        call.id("video_"),
        "object",
        "video",
        "created_at",
        call.created(),
        "completed_at",
        done ? call.created() : null,
        "expires_at",
        null,
        "error",
        null,
        "model",
        call.model(),
        "progress",
        done ? 100 : 0,
        "prompt",
        call.prompt().text("prompt"),
        "remixed_from_video_id",
        null,
        "seconds",
        seconds == null ? "4" : seconds.toString(),
        "size",
        size == null ? "720x1280" : size,
        "status",
        done ? "completed" : status);
  }
}
