package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import org.jspecify.annotations.Nullable;

/**
 * What OpenAI's endpoints for pictures, sound and film have in common: requests are JSON or forms,
 * responses rarely name their model, and what is billed follows from a usage or from the request.
 */
abstract class MediaDialect implements Dialect {
  private final Accent accent;

  /** Built with the first call: few programs make any. */
  private volatile @Nullable JsonShape requestShape;

  private volatile @Nullable JsonShape responseShape;

  MediaDialect(Accent accent) {
    this.accent = accent;
  }

  /** Asks for what only these requests say. */
  abstract void askRequest(JsonShape.Builder shape);

  /** Asks for what only these responses say. */
  abstract void askResponse(JsonShape.Builder shape);

  @Override
  public final JsonShape requestShape() {
    JsonShape shape = requestShape;
    if (shape == null) {
      JsonShape.Builder builder =
          JsonShape.builder()
              .value("model", Field.REQUEST_MODEL.id())
              .value("stream", Field.STREAM.id())
              .value("service_tier", Field.REQUESTED_TIER.id());
      askRequest(builder);
      shape = builder.build();
      requestShape = shape;
    }
    return shape;
  }

  @Override
  public final JsonShape responseShape() {
    JsonShape shape = responseShape;
    if (shape == null) {
      JsonShape.Builder builder =
          JsonShape.builder()
              .value("id", Field.RESPONSE_ID.id())
              .value("model", Field.RESPONSE_MODEL.id())
              .value("service_tier", Field.SERVED_TIER.id())
              .value("type", Field.EVENT_TYPE.id())
              .value("code", Field.ERROR_CODE.id())
              .presence("error", Field.ERROR.id())
              .value("error.code", Field.ERROR_CODE.id())
              .value("error.type", Field.ERROR_TYPE.id());
      askResponse(builder);
      shape = builder.build();
      responseShape = shape;
    }
    return shape;
  }

  @Override
  public final @Nullable String pathModel(String path) {
    return Paths.deployment(path);
  }

  @Override
  public final boolean hasOpenAiModels() {
    return accent.hasOpenAiModels();
  }

  @Override
  public final String tier(String name) {
    return accent.tier(name);
  }

  /** What was used, or null when nothing tells. */
  abstract @Nullable Counted counted(Route route, Reading request, Reading response);

  /** What was said besides. */
  Besides besides(Route route, Reading request, Reading response) {
    return Besides.NOTHING;
  }

  /** The model that answers where neither side names one, or null. */
  @Nullable String defaultModel(Route route, Reading response) {
    return null;
  }

  /** The name by which the request goes for its model. */
  static @Nullable String requestedModel(Route route, Reading request) {
    String model = request.string(Field.REQUEST_MODEL);
    return model != null ? model : route.pathModel();
  }

  /** The model as prices know it, before the response is asked. */
  final @Nullable String model(Route route, Reading request, Reading response) {
    String requested = requestedModel(route, request);
    if (requested == null) {
      return defaultModel(route, response);
    }
    String deployed = accent.deploymentModel(requested);
    return deployed != null ? deployed : requested;
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    Besides besides = besides(route, request, response);
    Counted counted = counted(route, request, response);
    if (counted != null && besides.hasUnknownPart()) {
      counted = counted.unpriceable();
    }
    Account account = Account.close(route, request, response, counted, true, null);
    String requested = requestedModel(route, request);
    String model = model(route, request, response);
    return new Transcript(
        OpenAiJobs.isUnfinished(response),
        request.isTrue(Field.STREAM),
        requested,
        response.string(Field.RESPONSE_MODEL),
        request.string(Field.REQUESTED_TIER),
        response.string(Field.SERVED_TIER),
        null,
        null,
        response.string(Field.RESPONSE_ID),
        OpenAiJobs.errorCode(response),
        account.usage(),
        null,
        null,
        model == null || model.equals(requested) ? null : model,
        null,
        besides,
        account.anomaly());
  }

  @Override
  public boolean reportsUsage(Route route, Reading response) {
    // No text is kept of either side, so that there is none to be given back early.
    return true;
  }

  @Override
  public boolean isTerminal(Reading response) {
    return response.has(Field.ERROR);
  }
}
