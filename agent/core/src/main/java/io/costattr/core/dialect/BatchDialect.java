package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's batch API, which Azure has too: a job is made of an uploaded file, looked at until it
 * has an output file, and that file has the answers, one a line. Source: OpenAI's OpenAPI document.
 */
public final class BatchDialect implements Dialect {
  private static final Reading NO_REQUEST = new Reading();

  /** What the input of a batch job is uploaded for. */
  static final String PURPOSE = "batch";

  private static final JsonShape UPLOAD =
      JsonShape.builder().value("purpose", Field.PURPOSE.id()).build();

  private static final JsonShape JOB =
      JsonShape.builder()
          .value("id", Field.RESPONSE_ID.id())
          .value("object", Field.OBJECT.id())
          .value("input_file_id", Field.INPUT_FILE.id())
          .value("output_file_id", Field.OUTPUT_FILE.id())
          .value("error_file_id", Field.ERROR_FILE.id())
          .build();

  private static final JsonShape RESULT = result();

  private final OpenAiDialect answers;
  private final ImagesDialect pictures;
  private final ModerationDialect moderations;

  BatchDialect(Accent accent) {
    this.answers = new OpenAiDialect(accent);
    this.pictures = new ImagesDialect(accent);
    this.moderations = new ModerationDialect(accent);
  }

  private static JsonShape result() {
    JsonShape.Builder shape =
        JsonShape.builder()
            .value("id", Field.LINE_ID.id())
            .value("custom_id", Field.CUSTOM_ID.id())
            .presence("response", Field.ANSWER.id())
            .value("response.status_code", Field.STATUS_CODE.id())
            .value("response.request_id", Field.LINE_REQUEST_ID.id())
            .value("response.body.created", Field.CREATED.id())
            .value("response.body.created_at", Field.CREATED.id())
            .presence("error", Field.ERROR.id())
            .value("error.code", Field.ERROR_CODE.id());
    OpenAiDialect.body(shape, "response.body.");
    shape
        .presence("response.body.results", Field.VERDICTS.id())
        .presence("response.body.data[]", Field.PICTURE.id());
    PayerFields.ask(shape, "response.body.");
    return shape.build();
  }

  /** Whether a call of that method and path can concern a batch job. */
  static boolean concerns(String method, String path) {
    return of(method, path) != null;
  }

  private static @Nullable Endpoint of(String method, String path) {
    if (method.equals("POST")) {
      if (path.endsWith("/files")) {
        return isOfSomethingElse(path) ? null : Endpoint.BATCH_INPUT;
      }
      return path.endsWith("/batches") ? Endpoint.BATCH : null;
    }
    if (!method.equals("GET")) {
      return null;
    }
    if (path.endsWith("/content")) {
      return path.startsWith("/files/", parent(path, 2)) ? Endpoint.BATCH_RESULTS : null;
    }
    return path.startsWith("/batches/", parent(path, 1)) ? Endpoint.BATCH : null;
  }

  /** Containers and vector stores have files of their own. */
  private static boolean isOfSomethingElse(String path) {
    return path.contains("/containers/") || path.contains("/vector_stores/");
  }

  /** Where the path's part before its last ones begins; -1 when there is none. */
  private static int parent(String path, int last) {
    int slash = path.length();
    for (int i = 0; i <= last && slash > 0; i++) {
      slash = path.lastIndexOf('/', slash - 1);
    }
    return slash;
  }

  @Override
  public @Nullable Endpoint endpoint(String method, String path) {
    return of(method, path);
  }

  /** The file that a path of results names. */
  @Override
  public @Nullable String pathModel(String path) {
    int end = path.lastIndexOf('/');
    return path.endsWith("/content")
        ? path.substring(path.lastIndexOf('/', end - 1) + 1, end)
        : null;
  }

  @Override
  public JsonShape requestShape() {
    return UPLOAD;
  }

  @Override
  public JsonShape responseShape() {
    return JOB;
  }

  /** What is wanted of each line of the results. */
  public JsonShape resultShape() {
    return RESULT;
  }

  /** The job that a response is about, or null when it is about none. */
  public @Nullable BatchJob job(Reading response) {
    String id = response.string(Field.RESPONSE_ID);
    return id == null || !"batch".equals(response.string(Field.OBJECT))
        ? null
        : new BatchJob(
            id,
            response.string(Field.INPUT_FILE),
            response.string(Field.OUTPUT_FILE),
            response.string(Field.ERROR_FILE));
  }

  /** The file that was uploaded whole to be the input of a batch job; null when none was. */
  public @Nullable String inputFile(Reading request, Reading response) {
    return request.isWhole()
            && PURPOSE.equals(request.string(Field.PURPOSE))
            && "file".equals(response.string(Field.OBJECT))
        ? response.string(Field.RESPONSE_ID)
        : null;
  }

  /** The name of the request that a line answers; null when it is no line of results. */
  public @Nullable String customId(Reading line) {
    return line.has(Field.ANSWER) || line.has(Field.ERROR) ? line.string(Field.CUSTOM_ID) : null;
  }

  /**
   * What a line says; null when it is no line of a batch job's results.
   *
   * @param pictureModel the model that was to make pictures, where that is known
   */
  public @Nullable BatchResult result(Route route, Reading line, @Nullable String pictureModel) {
    String customId = customId(line);
    if (customId == null) {
      return null;
    }
    Long created = line.number(Field.CREATED);
    Long status = line.number(Field.STATUS_CODE);
    return new BatchResult(
        line.string(Field.LINE_ID),
        customId,
        created == null || created <= 0 ? null : Instant.ofEpochSecond(created),
        status == null ? null : status.intValue(),
        line.string(Field.LINE_REQUEST_ID),
        said(route, line, pictureModel).servedAs("batch"));
  }

  /** A line does not say of which endpoint it is, but no two answer alike. */
  private Transcript said(Route route, Reading line, @Nullable String pictureModel) {
    String object = line.string(Field.OBJECT);
    if (object == null && line.has(Field.VERDICTS)) {
      return said(route, moderations, Endpoint.MODERATION, NO_REQUEST, line);
    }
    if (object == null && line.has(Field.PICTURE)) {
      Reading request = new Reading();
      if (pictureModel != null) {
        request.string(Field.REQUEST_MODEL.id(), pictureModel);
      }
      return said(route, pictures, Endpoint.IMAGE, request, line);
    }
    Endpoint endpoint =
        object == null
            ? Endpoint.CHAT
            : switch (object) {
              case "list" -> Endpoint.EMBEDDINGS;
              case "response" -> Endpoint.RESPONSES;
              case "text_completion" -> Endpoint.COMPLETIONS;
              default -> Endpoint.CHAT;
            };
    return said(route, answers, endpoint, NO_REQUEST, line);
  }

  private static Transcript said(
      Route route, Dialect dialect, Endpoint endpoint, Reading request, Reading line) {
    return dialect.transcript(
        new Route(dialect, route.provider(), endpoint, true, null), request, line);
  }

  @Override
  public Transcript transcript(Route route, Reading request, Reading response) {
    return answers.transcript(route, request, response);
  }

  @Override
  public boolean isModelCall(Reading request, Reading response, boolean conclusive) {
    return false;
  }

  @Override
  public boolean hasOpenAiModels() {
    return answers.hasOpenAiModels();
  }

  @Override
  public String tier(String name) {
    return answers.tier(name);
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
