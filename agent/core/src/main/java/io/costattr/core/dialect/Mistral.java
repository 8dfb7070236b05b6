package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.util.List;

/** Mistral: contents in parts, audio counted in seconds, usage at the end of streams unasked. */
final class Mistral implements Accent {

  static Provider provider() {
    return new Provider(
        "mistral_ai",
        List.of("api.mistral.ai", "codestral.mistral.ai"),
        List.of(new OpenAiDialect(new Mistral())));
  }

  @Override
  public void response(JsonShape.Builder shape) {
    shape
        .value("usage.num_cached_tokens", Field.CACHED_TOKENS.id())
        .value("usage.prompt_audio_seconds", Field.AUDIO_SECONDS.id());
    for (String content :
        new String[] {"choices[].delta.content[]", "choices[].message.content[]"}) {
      shape
          .text(content + ".text", Field.ANSWER_TEXT.id())
          .text(content + ".thinking[].text", Field.ANSWER_TEXT.id());
    }
  }
}
