package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.util.List;

/** Groq, some of whose streams report usage only under {@code x_groq}. */
final class Groq implements Accent {

  static Provider provider() {
    return new Provider("groq", List.of("api.groq.com"), List.of(new OpenAiDialect(new Groq())));
  }

  @Override
  public void response(JsonShape.Builder shape) {
    OpenAiUsage.ask(shape, "x_groq.usage");
    shape.text("choices[].delta.reasoning", Field.ANSWER_TEXT.id());
  }

  @Override
  public String tier(String name) {
    return name.equals("on_demand") ? "default" : name;
  }
}
