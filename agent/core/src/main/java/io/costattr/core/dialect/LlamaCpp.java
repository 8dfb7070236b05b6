package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * llama.cpp's server, which has no port of its own and is known by a rule. A stream that was not
 * asked for its usage still ends with timings, and these with counts of tokens: {@code prompt_n}
 * are those that were read anew, {@code cache_n} those that were there already.
 */
final class LlamaCpp implements Accent {

  static Provider provider() {
    Accent accent = new LlamaCpp();
    return new Provider(
        "llama_cpp", List.of(), List.of(new OpenAiDialect(accent), new AnthropicDialect(accent)));
  }

  @Override
  public void response(JsonShape.Builder shape) {
    OpenAiDialect.end(shape);
    shape
        .value("timings.prompt_n", Field.TIMED_PROMPT_TOKENS.id())
        .value("timings.cache_n", Field.TIMED_CACHED_TOKENS.id())
        .value("timings.predicted_n", Field.TIMED_COMPLETION_TOKENS.id());
  }

  @Override
  public boolean isLast(Reading response) {
    // With timings_per_token every chunk has some.
    return OpenAiDialect.hasEnded(response);
  }

  @Override
  public @Nullable Counted counted(Reading response) {
    Long fresh = response.number(Field.TIMED_PROMPT_TOKENS);
    Long completion = response.number(Field.TIMED_COMPLETION_TOKENS);
    long cached = response.numberOrZero(Field.TIMED_CACHED_TOKENS);
    if (fresh == null
        || completion == null
        || !Values.isSound(fresh)
        || !Values.isSound(completion)
        || !Values.isSound(cached)) {
      return null;
    }
    return Counted.of(
        Usage.builder()
            .set(Meter.INPUT, fresh)
            .set(Meter.CACHED_INPUT, cached)
            .set(Meter.OUTPUT, completion)
            .reported(Usage.Reported.of(fresh + cached, completion)),
        true);
  }
}
