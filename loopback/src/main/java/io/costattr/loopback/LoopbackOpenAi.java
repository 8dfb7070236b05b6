package io.costattr.loopback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers on 127.0.0.1 as OpenAI does: chat completions, responses, legacy completions, images and
 * sound (each as JSON and as a stream), responses in the background and videos (see {@link Jobs}),
 * embeddings, moderation and the list of models; over web sockets {@link SocketWire}. Any key is
 * accepted. The request alone decides the answer, so that a test knows the numbers:
 *
 * <ul>
 *   <li>input tokens: the words of messages, instructions, input or prompt;
 *   <li>visible output tokens: 8 and one for every two of input, or the header {@code
 *       x-loopback-output-tokens};
 *   <li>reasoning tokens, besides: 16, 64, 256 or 1024 for effort low, medium, high or above;
 *   <li>all output is cut at {@code max_completion_tokens}, {@code max_output_tokens} or {@code
 *       max_tokens}, reasoning first;
 *   <li>cached tokens: three quarters of the input, rounded down, from the second call of a model
 *       with the same {@code prompt_cache_key}; models since gpt-5.6 count them as written by the
 *       first;
 *   <li>the tools of the provider's that the header {@code x-loopback-ran} lists by the types of
 *       their output items have run, whatever was declared;
 *   <li>what pictures, sound and film are counted as, {@link ImagesWire} and {@link AudioWire} say;
 *   <li>the model is the dated snapshot, the tier the one asked for;
 *   <li>a model {@code error-NAME}, or the header {@code x-loopback-fault: NAME}, fails: 400, 401,
 *       404, 429, 429-once, quota, 500, 503, reset, cut, stall, stream-error. A name in the place
 *       of the model that is answered after all is answered as gpt-5.4-mini;
 *   <li>the header {@code x-loopback-coding: gzip} or {@code deflate} codes the body.
 * </ul>
 *
 * All methods may be called from any thread.
 */
public final class LoopbackOpenAi implements AutoCloseable {
  private static final int MEMORY = 10_000;

  private final WireServer server;
  private final long series = System.nanoTime() & 0xfff_ffff_ffffL;
  private final AtomicLong calls = new AtomicLong();
  private final Set<String> cacheKeys = ConcurrentHashMap.newKeySet();
  private final Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
  private final Answers answers = new Answers();

  private LoopbackOpenAi(WireServer.Options options) {
    server = WireServer.start(options, this::handle);
  }

  /** Starts on any free port, without TLS. */
  public static LoopbackOpenAi start() {
    return start(WireServer.Options.defaults());
  }

  /**
   * Starts a server.
   *
   * @throws java.io.UncheckedIOException when the port is taken
   */
  public static LoopbackOpenAi start(WireServer.Options options) {
    return new LoopbackOpenAi(options);
  }

  /** What a client takes for {@code https://api.openai.com/v1}; no slash at the end. */
  public String baseUrl() {
    return server.url() + "/v1";
  }

  /** The server below, with the requests it has recorded. */
  public WireServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(WireRequest request, Reply reply) throws IOException {
    long number = calls.incrementAndGet();
    ResponseHeaders.add(reply, number);
    String coding = request.header("x-loopback-coding");
    for (Coding known : Coding.values()) {
      if (known.token().equals(coding)) {
        reply.coding(known);
      }
    }
    if (!authorized(request)) {
      refuse(reply, Refusal.noKey());
      return;
    }
    String route = request.method() + " " + request.path();
    switch (route) {
      case "GET /v1/realtime" -> SocketWire.realtime(request, reply.webSocket(request));
      case "GET /v1/responses" ->
          SocketWire.responses(reply.webSocket(request), "gpt-4o-mini-2024-07-18");
      case "GET /v1/models" -> Answers.json(reply, models(), null);
      case "POST /v1/chat/completions" -> model(request, reply, number, "messages");
      case "POST /v1/responses",
          "POST /v1/embeddings",
          "POST /v1/moderations",
          "POST /v1/audio/speech" ->
          model(request, reply, number, "input");
      case "POST /v1/completions",
          "POST /v1/images/generations",
          "POST /v1/images/edits",
          "POST /v1/videos" ->
          model(request, reply, number, "prompt");
      case "POST /v1/audio/transcriptions", "POST /v1/audio/translations" ->
          model(request, reply, number, "file");
      default -> {
        if (!answers.tellsOfWork(request, reply)) {
          refuse(reply, Refusal.noUrl(request.method(), request.path()));
        }
      }
    }
  }

  private void model(WireRequest request, Reply reply, long number, String required)
      throws IOException {
    Prompt prompt = Prompt.parse(request);
    if (prompt == null) {
      refuse(reply, Refusal.invalid(null, "We could not parse the body of your request."));
      return;
    }
    Fault fault = Fault.of(request, prompt.model());
    if (fault == Fault.RATE_LIMIT_ONCE && !refusesNow(request)) {
      fault = null;
    }
    if (fault == Fault.RESET) {
      reply.reset();
      return;
    }
    String asked = prompt.model().startsWith("error-") ? Fault.STAND_IN : prompt.model();
    String snapshot = Models.snapshot(asked);
    Refusal refusal = refusal(prompt, fault, snapshot, required);
    if (refusal != null || snapshot == null) {
      refuse(reply, refusal == null ? Refusal.noModel(asked) : refusal);
      return;
    }
    String output = request.header("x-loopback-output-tokens");
    Tally tally =
        Tally.of(
            prompt,
            snapshot,
            cached(prompt, snapshot),
            output == null ? -1 : Integer.parseInt(output));
    String ran = request.header("x-loopback-ran");
    List<String> tools = ran == null ? List.of() : List.of(ran.split(","));
    Call call = new Call(series, number, prompt, snapshot, tally, tools);
    answers.answer(request.path(), reply, call, fault);
  }

  private static @Nullable Refusal refusal(
      Prompt prompt, @Nullable Fault fault, @Nullable String snapshot, String required) {
    if (fault != null) {
      boolean later = fault == Fault.CUT || fault == Fault.STALL || fault == Fault.STREAM_ERROR;
      return later ? null : Refusal.of(fault);
    }
    if (!prompt.has("model")) {
      return Refusal.missing("model");
    }
    if (snapshot == null) {
      return Refusal.noModel(prompt.model());
    }
    if (!prompt.has(required)) {
      return Refusal.missing(required);
    }
    if (prompt.has("stream_options") && !prompt.streams()) {
      return Refusal.invalid(
          "stream_options", "The 'stream_options' parameter is only allowed with 'stream'.");
    }
    int temperature = prompt.number(1, "temperature");
    return temperature < 0 || temperature > 2
        ? Refusal.invalid("temperature", "Invalid 'temperature': expected a value of 0 to 2.")
        : null;
  }

  private static void refuse(Reply reply, Refusal refusal) throws IOException {
    reply.status(refusal.status()).header("content-type", "application/json");
    if ("rate_limit_exceeded".equals(refusal.code())) {
      reply.header("retry-after-ms", "50").header("retry-after", "1");
    }
    reply.body(Json.write(refusal.json()));
  }

  private static boolean authorized(WireRequest request) {
    String bearer = request.header("authorization");
    return request.header("api-key") != null
        || (bearer != null && bearer.startsWith("Bearer ") && bearer.length() > 7);
  }

  /** By turns, for every body of its own. */
  private boolean refusesNow(WireRequest request) {
    if (refusedOnce.remove(request.text())) {
      return false;
    }
    if (refusedOnce.size() < MEMORY) {
      refusedOnce.add(request.text());
    }
    return true;
  }

  private boolean cached(Prompt prompt, String snapshot) {
    String key = prompt.text("prompt_cache_key");
    if (key == null) {
      return false;
    }
    String entry = snapshot + ' ' + key;
    return cacheKeys.size() < MEMORY ? !cacheKeys.add(entry) : cacheKeys.contains(entry);
  }

  private static String models() {
    List<Map<String, @Nullable Object>> data = new ArrayList<>();
    for (String name : Models.names()) {
      data.add(
          Json.object(
              "id", name, "object", "model", "created", 1_776_902_400, "owned_by", "system"));
    }
    return Json.write(Json.object("object", "list", "data", data));
  }
}
