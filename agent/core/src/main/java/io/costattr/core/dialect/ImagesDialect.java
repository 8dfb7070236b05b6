package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pictures: generations, edits and variations. GPT Image models report tokens by modality; DALL-E
 * reports nothing, and is billed by the picture, its size and its quality. Sources: OpenAI's
 * OpenAPI document and price page.
 */
final class ImagesDialect extends MediaDialect {
  private static final String DALL_E = "dall-e";
  private static final String USUAL_SIZE = "1024x1024";

  ImagesDialect(Accent accent) {
    super(accent);
  }

  @Override
  void askRequest(JsonShape.Builder shape) {
    shape
        .presence("prompt", Field.PROMPT.id())
        .presence("image", Field.FILE.id())
        .presence("images", Field.FILE.id())
        .value("n", Field.COPIES.id())
        .value("size", Field.SIZE.id())
        .value("quality", Field.QUALITY.id());
  }

  @Override
  void askResponse(JsonShape.Builder shape) {
    shape.presence("data", Field.ANSWER.id()).presence("data[]", Field.PICTURE.id());
    OpenAiUsage.ask(shape, "usage");
    // Drawings are written by a model of text, which has a usage of its own.
    shape.value("svg_usage.model", Field.RESPONSE_MODEL.besideId());
    OpenAiUsage.askBeside(shape, "svg_usage");
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    boolean isImages =
        method.equals("POST")
            && (Paths.endsWith(path, "/images/generations")
                || Paths.endsWith(path, "/images/edits")
                || Paths.endsWith(path, "/images/variations"));
    return isImages ? Endpoint.IMAGE : null;
  }

  @Override
  @Nullable String defaultModel(Route route, Reading response) {
    // The reference: without a model it is dall-e-2, which alone says nothing of tokens.
    return response.has(Field.PICTURE) && !response.has(Field.USAGE) ? "dall-e-2" : null;
  }

  @Override
  @Nullable Counted counted(Route route, Reading request, Reading response) {
    if (response.has(Field.USAGE)) {
      Counted counted =
          OpenAiUsage.pictures(response, request.isWhole() && !request.has(Field.FILE));
      // Each picture of a stream comes with a usage: whether of its own or of all is not written.
      boolean several = response.has(Field.EVENT_TYPE) && request.numberOrZero(Field.COPIES) > 1;
      return counted != null && several ? counted.unpriceable() : counted;
    }
    long pictures = response.numberOrZero(Field.PICTURE);
    return pictures == 0 ? null : pictures(model(route, request, response), request, pictures);
  }

  private static Counted pictures(@Nullable String model, Reading request, long pictures) {
    Meter meter = meter(model, request);
    Counted counted =
        Counted.of(Usage.builder().set(meter == null ? Meter.IMAGE : meter, pictures), true);
    return meter == null || !request.isWhole() ? counted.unpriceable() : counted;
  }

  /** What a picture is billed as; null when its size or quality is one that no price is for. */
  private static @Nullable Meter meter(@Nullable String model, Reading request) {
    if (model == null || !model.startsWith(DALL_E)) {
      return Meter.IMAGE;
    }
    String size = request.string(Field.SIZE);
    String quality = request.string(Field.QUALITY);
    boolean hd = "hd".equals(quality);
    if (!hd && quality != null && !quality.equals("standard") && !quality.equals("auto")) {
      return null;
    }
    return switch (size == null || size.equals("auto") ? USUAL_SIZE : size) {
      case "256x256" -> hd ? null : Meter.IMAGE_256;
      case "512x512" -> hd ? null : Meter.IMAGE_512;
      case USUAL_SIZE -> hd ? Meter.IMAGE_HD_1024 : Meter.IMAGE_1024;
      case "1024x1792", "1792x1024" -> hd ? Meter.IMAGE_HD_1792 : Meter.IMAGE_1792;
      default -> null;
    };
  }

  @Override
  Besides besides(Route route, Reading request, Reading response) {
    Values drawing = response.besideTold();
    if (drawing != null && drawing.has(Field.USAGE)) {
      long output = drawing.numberOrZero(Field.COMPLETION_TOKENS);
      Counted counted = OpenAiUsage.isSound(drawing) ? OpenAiUsage.text(drawing, output) : null;
      String model = drawing.string(Field.RESPONSE_MODEL);
      if (counted != null) {
        return new Besides(
            false,
            Besides.NO_FEES,
            List.of(new Besides.Other(model, counted.usage())),
            Set.of(),
            null,
            null,
            null);
      }
    }
    String model = model(route, request, response);
    Meter meter = meter(model, request);
    if (!request.isWhole() || model == null || !model.startsWith(DALL_E) || meter == null) {
      return Besides.NOTHING;
    }
    Long copies = request.number(Field.COPIES);
    long asked = copies == null ? 1 : Math.max(1, Math.min(10, copies));
    return Besides.asked(Usage.builder().set(meter, asked).build());
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return (request.has(Field.PROMPT) || request.has(Field.FILE))
        && (conclusive
            ? response.has(Field.PICTURE) || response.has(Field.USAGE)
            : request.has(Field.REQUEST_MODEL));
  }
}
