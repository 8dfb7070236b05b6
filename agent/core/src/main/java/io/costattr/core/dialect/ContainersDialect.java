package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /containers}: a container in which a model's code will run, billed when it is made.
 * Responses that are given its id do not pay for it again.
 */
final class ContainersDialect implements Dialect {
  private static final JsonShape REQUEST =
      JsonShape.builder().value("memory_limit", Field.TOOL_MEMORY.id()).build();

  private static final JsonShape RESPONSE =
      JsonShape.builder()
          .value("id", Field.RESPONSE_ID.id())
          .value("object", Field.OBJECT.id())
          .value("memory_limit", Field.MEMORY.id())
          .presence("error", Field.ERROR.id())
          .value("error.code", Field.ERROR_CODE.id())
          .value("error.type", Field.ERROR_TYPE.id())
          .build();

  private final Accent accent;

  ContainersDialect(Accent accent) {
    this.accent = accent;
  }

  /**
   * What a container of that memory is billed as, of the default size where it is not said; null
   * for a size that is not known.
   */
  static @Nullable Meter meter(@Nullable String memory) {
    return switch (memory == null ? "1g" : memory) {
      case "1g" -> Meter.CONTAINER_SESSION;
      case "4g" -> Meter.CONTAINER_SESSION_4G;
      case "16g" -> Meter.CONTAINER_SESSION_16G;
      case "64g" -> Meter.CONTAINER_SESSION_64G;
      default -> null;
    };
  }

  @Override
  public JsonShape requestShape() {
    return REQUEST;
  }

  @Override
  public JsonShape responseShape() {
    return RESPONSE;
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    return method.equals("POST") && Paths.endsWith(path, "/containers") ? Endpoint.CONTAINER : null;
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    String id = response.string(Field.RESPONSE_ID);
    Besides besides =
        new Besides(
            false,
            Besides.NO_FEES,
            List.of(),
            id != null && isContainer(response) ? Set.of(id) : Set.of(),
            meter(response.string(Field.MEMORY)),
            null,
            null);
    Counted made = besides.containers().isEmpty() ? null : Counted.of(Usage.builder(), true);
    Account account =
        Account.close(
            route,
            request,
            response,
            made != null && besides.hasUnknownPart() ? made.unpriceable() : made,
            true,
            null);
    return Transcript.of(route, request, response, null, account).with(besides);
  }

  private static boolean isContainer(Reading response) {
    return "container".equals(response.string(Field.OBJECT));
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return isContainer(response);
  }

  @Override
  public boolean hasOpenAiModels() {
    return accent.hasOpenAiModels();
  }

  @Override
  public boolean reportsUsage(Route route, Reading response) {
    return true;
  }

  @Override
  public boolean isTerminal(Reading response) {
    return false;
  }
}
