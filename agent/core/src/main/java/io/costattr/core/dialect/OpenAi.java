package io.costattr.core.dialect;

import java.util.ArrayList;
import java.util.List;

/** OpenAI, with its hosts that keep data in a region. */
final class OpenAi implements Accent {

  static Provider provider() {
    return new Provider(
        "openai", List.of("api.openai.com", "*.api.openai.com"), dialects(new OpenAi()));
  }

  /** Every endpoint of OpenAI's. */
  static List<Dialect> dialects(Accent accent) {
    List<Dialect> all = new ArrayList<>(calls(accent));
    all.add(new BatchDialect(accent));
    return all;
  }

  /** The endpoints that answer at once, or take work on: all but batch jobs. */
  static List<Dialect> calls(Accent accent) {
    return List.of(
        new OpenAiDialect(accent),
        new ImagesDialect(accent),
        new AudioDialect(accent),
        new RealtimeDialect(accent),
        new VideosDialect(accent),
        new ModerationDialect(accent),
        new ContainersDialect(accent));
  }

  @Override
  public boolean hasOpenAiModels() {
    return true;
  }
}
