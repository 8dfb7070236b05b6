package io.costattr.loopback;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape of {@code /v1/embeddings}: vectors as numbers or, as most SDKs ask, as base64. */
final class EmbeddingsWire {
  private EmbeddingsWire() {}

  static String json(Call call) {
    List<Map<String, @Nullable Object>> data = new ArrayList<>();
    int inputs = inputs(call.prompt().json().get("input"));
    for (int i = 0; i < inputs; i++) {
      data.add(Json.object("object", "embedding", "index", i, "embedding", vector(call, i)));
    }
    int tokens = call.tally().input();
    return Json.write(
        Json.object(
            "object",
            "list",
            "data",
            data,
            "model",
            call.model(),
            "usage",
            Json.object("prompt_tokens", tokens, "total_tokens", tokens)));
  }

  /** A text or one list of tokens is one input; a list of either is as many. */
  private static int inputs(@Nullable Object input) {
    return input instanceof List<?> list && !list.isEmpty() && !(list.get(0) instanceof Number)
        ? list.size()
        : 1;
  }

  private static Object vector(Call call, int index) {
    int standard = call.model().endsWith("large") ? 3072 : 1536;
    int dimensions = call.prompt().number(standard, "dimensions");
    List<Object> numbers = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
    boolean base64 = "base64".equals(call.prompt().text("encoding_format"));
    for (int i = 0; i < dimensions; i++) {
      float number = (float) Math.sin(1 + i + index) / 32;
      if (base64) {
        bytes.putFloat(number);
      } else {
        numbers.add((double) number);
      }
    }
    return base64 ? Base64.getEncoder().encodeToString(bytes.array()) : numbers;
  }
}
