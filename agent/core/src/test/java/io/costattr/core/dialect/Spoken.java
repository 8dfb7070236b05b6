package io.costattr.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.scan.JsonScanner;
import io.costattr.core.scan.JsonShape;

/** What OpenAI's dialect makes of documents. */
final class Spoken {
  static final Dialect DIALECT = new OpenAiDialect(new OpenAi());
  static final Route CHAT = route(Endpoint.CHAT);
  static final Route EMBEDDINGS = route(Endpoint.EMBEDDINGS);

  private Spoken() {}

  static Route route(Endpoint endpoint) {
    return new Route(DIALECT, "openai", endpoint, true, null);
  }

  static Reading response(String... documents) {
    return read(DIALECT.responseShape(), documents);
  }

  static Reading request(String document) {
    return read(DIALECT.requestShape(), document);
  }

  /** The transcript of an answer to an empty question. */
  static Transcript answer(String... documents) {
    return DIALECT.transcript(CHAT, new Reading(), response(documents));
  }

  private static Reading read(JsonShape shape, String... documents) {
    Reading reading = new Reading();
    JsonScanner scanner = new JsonScanner(shape, reading);
    for (String document : documents) {
      scanner.reset();
      byte[] bytes = document.getBytes(UTF_8);
      scanner.accept(bytes, 0, bytes.length);
      scanner.end();
    }
    return reading;
  }
}
