package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Films, by the second and the size. The work is only accepted by the call that asks for it; it is
 * billed when it has come to a good end, of an extension what was added. Sources: OpenAI's OpenAPI
 * document and price page.
 */
final class VideosDialect extends MediaDialect {

  /** What the reference says of a request that does not say it. */
  private static final long USUAL_SECONDS = 4;

  private static final String USUAL_SIZE = "720x1280";

  VideosDialect(Accent accent) {
    super(accent);
  }

  @Override
  void askRequest(JsonShape.Builder shape) {
    shape
        .presence("prompt", Field.PROMPT.id())
        .presence("video", Field.FILE.id())
        .value("seconds", Field.SECONDS.id())
        .value("size", Field.SIZE.id());
  }

  @Override
  void askResponse(JsonShape.Builder shape) {
    shape
        .value("object", Field.OBJECT.id())
        .value("status", Field.STATUS.id())
        .value("seconds", Field.SECONDS.id())
        .value("size", Field.SIZE.id());
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    boolean isVideo =
        method.equals("POST")
            && (Paths.endsWith(path, "/videos")
                || Paths.endsWith(path, "/videos/edits")
                || Paths.endsWith(path, "/videos/extensions")
                || (path.contains("/videos/") && Paths.endsWith(path, "/remix")));
    return isVideo ? Endpoint.VIDEO : null;
  }

  @Override
  @Nullable Counted counted(Route route, Reading request, Reading response) {
    // The response to an extension tells of the film as a whole.
    boolean extended = request.has(Field.FILE) && request.has(Field.SECONDS);
    Long seconds = seconds(extended ? request : response);
    if (seconds == null || !"completed".equals(response.string(Field.STATUS))) {
      return null;
    }
    Meter meter = meter(response.string(Field.SIZE));
    Counted counted =
        Counted.of(Usage.builder().set(meter == null ? Meter.SECOND : meter, seconds), true);
    return meter == null ? counted.unpriceable() : counted;
  }

  private static @Nullable Long seconds(Reading from) {
    BigDecimal said = from.decimal(Field.SECONDS);
    boolean whole =
        said != null
            && said.signum() > 0
            && said.precision() < 9
            && said.stripTrailingZeros().scale() <= 0;
    return said == null || !whole ? null : Long.valueOf(said.longValue());
  }

  private static @Nullable Meter meter(@Nullable String size) {
    return size == null
        ? null
        : switch (size) {
          case "720x1280", "1280x720" -> Meter.VIDEO_SECOND_720P;
          case "1024x1792", "1792x1024" -> Meter.VIDEO_SECOND_1024P;
          default -> null;
        };
  }

  @Override
  Besides besides(Route route, Reading request, Reading response) {
    if ("failed".equals(response.string(Field.STATUS))) {
      return Besides.FREE;
    }
    if (!request.isWhole() || request.has(Field.FILE)) {
      // How large another film is, and how long, its request does not say.
      return Besides.NOTHING;
    }
    Long seconds = request.has(Field.SECONDS) ? seconds(request) : Long.valueOf(USUAL_SECONDS);
    String size = request.string(Field.SIZE);
    Meter meter = meter(size == null ? USUAL_SIZE : size);
    return seconds == null || meter == null
        ? Besides.NOTHING
        : Besides.asked(Usage.builder().set(meter, seconds).build());
  }

  @Override
  public @Nullable String pendingId(Reading request, Reading response) {
    return OpenAiJobs.isUnfinished(response) ? response.string(Field.RESPONSE_ID) : null;
  }

  @Override
  public boolean isSettled(Reading response) {
    return OpenAiJobs.isSettled(response);
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return request.has(Field.PROMPT) && "video".equals(response.string(Field.OBJECT));
  }
}
