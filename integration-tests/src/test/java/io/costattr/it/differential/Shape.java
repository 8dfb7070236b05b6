package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.RESPONSES_STREAM;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.pending;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Coding;
import io.costattr.loopback.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a server, and what must stand in the ledger once a client has read it to its end.
 *
 * @param path where it is asked for
 * @param question what it is asked
 */
record Shape(String name, String path, String question, Script script, Ledger ledger) {
  static final String CHAT_PATH = "/v1/chat/completions";
  static final String RESPONSES_PATH = "/v1/responses";

  /** A failure's name is the client's; that it has one is an invariant. */
  private static final String ANY = "(?!null).+";

  private static final String JSON_TYPE = "application/json";
  private static final String EVENTS_TYPE = "text/event-stream; charset=utf-8";

  static List<Shape> all() {
    List<Shape> all = new ArrayList<>();
    all.addAll(framings());
    all.addAll(statuses());
    all.addAll(faults());
    all.addAll(documents());
    all.addAll(streams());
    all.addAll(notModelCalls());
    return all;
  }

  /** Whether the connection breaks within the body. */
  boolean breaks() {
    return name.contains("truncated") || name.startsWith("broken");
  }

  private static List<Shape> framings() {
    return List.of(
        document("fixed", (w, q, r) -> json(r).body(CHAT), reported()),
        document("chunked", (w, q, r) -> json(r).chunked().part(CHAT), reported()),
        document("until-close", (w, q, r) -> json(r).untilClose().part(CHAT), reported()),
        document("gzip", (w, q, r) -> json(r).coding(Coding.GZIP).body(CHAT), reported()),
        document(
            "gzip-chunked",
            (w, q, r) -> bytes(json(r).coding(Coding.GZIP).chunked(), CHAT, 100),
            reported()),
        document("deflate", (w, q, r) -> json(r).coding(Coding.DEFLATE).body(CHAT), reported()),
        document(
            "trailers",
            (w, q, r) -> json(r).trailer("x-checksum", "77").chunked().part(CHAT),
            reported()),
        document("byte-by-byte", (w, q, r) -> bytes(json(r).chunked(), CHAT, 1), reported()),
        document(
            "repeated-headers",
            (w, q, r) ->
                json(r)
                    .header("Set-Cookie", "a=1")
                    .header("x-request-id", "req_77")
                    .header("set-cookie", "b=2")
                    .header("X-Empty", "")
                    .body(CHAT),
            reported().and("provider_request_id", "req_77")),
        document(
            "unknown-coding",
            (w, q, r) -> json(r).header("content-encoding", "br").body("no brotli at all"),
            unknown().and("outcome", "completed")),
        document(
            "corrupt-gzip",
            (w, q, r) -> json(r).header("content-encoding", "gzip").body("no gzip at all"),
            unknown()));
  }

  private static List<Shape> statuses() {
    return List.of(
        document("empty-200", (w, q, r) -> json(r).body(""), unknown()),
        document(
            "no-content",
            (w, q, r) -> r.raw("HTTP/1.1 204 No Content\r\n\r\n".getBytes(UTF_8)),
            unknown()),
        document(
            "not-modified",
            (w, q, r) -> r.raw("HTTP/1.1 304 Not Modified\r\n\r\n".getBytes(UTF_8)),
            nothing()),
        document(
            "bad-request",
            (w, q, r) -> json(r.status(400, "Bad Request")).body(Fixture.ERROR_400),
            refused(400, "unsupported_value")),
        document(
            "quota",
            (w, q, r) -> json(r.status(429)).header("retry-after", "20").body(Fixture.ERROR_429),
            refused(429, "insufficient_quota")),
        document(
            "html-500",
            (w, q, r) ->
                r.status(500).header("content-type", "text/html").body("<html>Sorry.</html>"),
            refused(500, "500")),
        document("empty-503", (w, q, r) -> r.status(503).body(""), refused(503, "503")),
        document(
            "html-200",
            (w, q, r) -> r.header("content-type", "text/html").body("<html>Portal</html>"),
            unknown()));
  }

  private static List<Shape> faults() {
    String half = CHAT.substring(0, 150);
    int withinUsage = CHAT.indexOf("\"completion_tokens\"") + 21;
    int behindUsage = CHAT.indexOf("\"service_tier\"");
    Ledger broken = unknown().and("outcome", "failed").and("error_code", ANY);
    return List.of(
        document("reset-before-head", (w, q, r) -> r.reset(), broken.and("http_status", "null")),
        document("closed-before-head", (w, q, r) -> r.close(), broken.and("http_status", "null")),
        document("truncated", (w, q, r) -> json(r).fixed(5000).part(half), broken),
        document(
            "truncated-within-usage",
            (w, q, r) -> json(r).fixed(5000).part(CHAT.substring(0, withinUsage)),
            broken),
        document(
            "truncated-behind-usage",
            (w, q, r) -> json(r).fixed(5000).part(CHAT.substring(0, behindUsage)),
            reported().and("outcome", "failed").and("error_code", ANY)),
        document(
            "truncated-chunks",
            (w, q, r) -> {
              json(r).chunked().part(half);
              r.close();
            },
            broken),
        document(
            "broken-chunk-size",
            (w, q, r) -> {
              json(r).chunked().part(half);
              r.raw("zzz\r\n".getBytes(UTF_8));
              r.close();
            },
            broken),
        document(
            "garbage-for-a-head",
            (w, q, r) -> {
              r.raw("no HTTP at all\r\n\r\n".getBytes(UTF_8));
              r.close();
            },
            broken.and("http_status", "null")),
        document(
            "events-truncated",
            Fixture.STREAM_QUESTION,
            (w, q, r) -> {
              bytes(events(r).chunked(), CHAT_STREAM.substring(0, 900), 100);
              r.close();
            },
            estimated().and("outcome", "failed").and("error_code", ANY)));
  }

  private static List<Shape> documents() {
    List<Shape> all = new ArrayList<>();
    all.add(answer("malformed", "{\"id\":\"x\",\"choices\":[}" + CHAT, unknown()));
    all.add(answer("cut-short", CHAT.substring(0, 200), unknown()));
    all.add(
        answer(
            "depth-bomb",
            "{\"choices\":" + "[".repeat(100_000) + "]".repeat(100_000) + CHAT.substring(1),
            unknown()));
    all.add(answer("huge", CHAT.replace("Blue, mostly.", "Blue. ".repeat(3 << 20)), reported()));
    all.add(usage("usage-text", null, "\"usage\":\"17 tokens\","));
    all.add(usage("usage-null", null, "\"usage\":null,"));
    all.add(usage("usage-array", null, "\"usage\":[12,5],"));
    all.add(usage("no-usage", null, ""));
    all.add(usage("negative", "\"prompt_tokens\":-12,\"completion_tokens\":5", null));
    all.add(
        usage(
            "negative-cached",
            "\"prompt_tokens\":12,\"completion_tokens\":5,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":-4}",
            null));
    all.add(
        usage(
            "overflowing", "\"prompt_tokens\":99999999999999999999,\"completion_tokens\":5", null));
    all.add(
        usage(
            "nearly-overflowing",
            "\"prompt_tokens\":9223372036854775807,\"completion_tokens\":9223372036854775807",
            null));
    all.add(usage("counts-as-text", "\"prompt_tokens\":\"12\",\"completion_tokens\":5", null));
    all.add(usage("counts-as-fractions", "\"prompt_tokens\":12.5,\"completion_tokens\":5", null));
    all.add(usage("counts-as-flags", "\"prompt_tokens\":true,\"completion_tokens\":5", null));
    all.add(usage("counts-as-objects", "\"prompt_tokens\":{},\"completion_tokens\":5", null));
    all.add(usage("prompt-only", "\"prompt_tokens\":12", null));
    all.add(usage("completion-only", "\"completion_tokens\":5", null));
    all.add(usage("total-only", "\"total_tokens\":17", null));
    all.add(
        answer(
            "prompt-and-total",
            Fixture.usage("\"prompt_tokens\":12,\"total_tokens\":17"),
            reported().and("completion_tokens", "5|null")));
    all.add(
        answer(
            "more-cached-than-prompt",
            Fixture.usage(
                "\"prompt_tokens\":3,\"completion_tokens\":5,\"total_tokens\":8,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":4}"),
            reported(3, 5).and("cached_tokens", "4")));
    all.add(
        answer(
            "total-that-does-not-add-up",
            Fixture.usage("\"prompt_tokens\":12,\"completion_tokens\":5,\"total_tokens\":99"),
            reported()));
    all.add(
        answer(
            "duplicate-keys",
            CHAT.replace(
                "\"usage\":",
                "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"prompt_tokens\":2},"
                    + "\"usage\":"),
            reported().and("cached_tokens", "4").and("reasoning_tokens", "2")));
    all.add(
        answer(
            "usage-of-nothing",
            CHAT.replace("\"usage\":", "\"debug\":{\"usage\":{\"prompt_tokens\":9}},\"usage\":"),
            reported()));
    all.add(
        answer(
            "unknown-model",
            CHAT.replace("gpt-4o-mini-2024-07-18", "no-such-model-77"),
            one("cost_basis", "reported", "price_rule", "request_model")));
    all.add(
        new Shape(
            "unpriced",
            CHAT_PATH,
            Fixture.QUESTION.replace("gpt-4o-mini", "no-such-model-77"),
            (w, q, r) -> json(r).body(CHAT.replace("gpt-4o-mini-2024-07-18", "no-such-model-77")),
            one("cost_basis", "unpriced", "cost_usd", "null", "prompt_tokens", "12")));
    all.add(
        new Shape(
            "embeddings",
            "/v1/embeddings",
            "{\"model\":\"text-embedding-3-small\",\"input\":\"sky\"}",
            (w, q, r) -> json(r).body(Fixture.EMBEDDINGS),
            reported(8, 0).and("completion_tokens", "null").and("endpoint", "embeddings")));
    all.add(
        new Shape(
            "background",
            RESPONSES_PATH,
            "{\"model\":\"gpt-4o-mini\",\"input\":\"sky\",\"background\":true}",
            (w, q, r) ->
                json(r)
                    .body(
                        "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"queued\","
                            + "\"model\":\"gpt-4o-mini\",\"output\":[],\"usage\":null}"),
            pending().and("outcome", "completed")));
    return all;
  }

  private static List<Shape> streams() {
    List<Shape> all = new ArrayList<>();
    String withoutUsage = CHAT_STREAM.replaceAll("data: .*\"choices\":\\[\\],.*\n\n", "");
    Ledger streamed = reported().and("stream", "true");
    all.add(stream("events", (w, q, r) -> bytes(events(r).chunked(), CHAT_STREAM, 200), streamed));
    all.add(stream("events-fixed", (w, q, r) -> events(r).body(CHAT_STREAM), streamed));
    all.add(
        stream(
            "events-byte-by-byte",
            (w, q, r) -> bytes(events(r).chunked(), CHAT_STREAM, 1),
            streamed));
    all.add(
        stream(
            "events-gzip",
            (w, q, r) -> bytes(events(r).coding(Coding.GZIP).chunked(), CHAT_STREAM, 333),
            streamed));
    all.add(said("events-crlf", CHAT_STREAM.replace("\n", "\r\n"), streamed));
    all.add(said("events-cr", CHAT_STREAM.replace("\n", "\r"), streamed));
    all.add(said("events-without-space", CHAT_STREAM.replace("data: ", "data:"), streamed));
    all.add(
        said(
            "events-with-comments",
            ": hello\n\n" + CHAT_STREAM.replace("data:", ": OPENROUTER PROCESSING\n\ndata:"),
            streamed));
    all.add(
        said(
            "events-of-unknown-types",
            CHAT_STREAM.replaceFirst(
                "data:", "event: ping\ndata: {\"type\":\"ping\"}\nid: 7\nretry: 3\n\ndata:"),
            streamed));
    all.add(said("events-without-done", CHAT_STREAM.replace("data: [DONE]\n\n", ""), streamed));
    all.add(
        said(
            "events-behind-done",
            CHAT_STREAM
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":900,"
                + "\"total_tokens\":1800}}\n\n",
            streamed));
    all.add(
        said(
            "events-with-usage-on-each",
            CHAT_STREAM.replaceFirst(
                "\"usage\":null",
                "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":1,\"total_tokens\":13}"),
            streamed));
    all.add(
        said(
            "events-with-moderation-behind-usage",
            CHAT_STREAM.replace(
                "data: [DONE]",
                "data: {\"id\":\"chatcmpl-D1ff\",\"object\":\"chat.completion.chunk\","
                    + "\"choices\":[],\"moderation\":{\"flagged\":false}}\n\ndata: [DONE]"),
            streamed));
    all.add(
        said(
            "events-malformed",
            CHAT_STREAM.replaceFirst(
                "data:", "data: {\"id\":\"chatcmpl\", \"choices\":[\n\ndata: nonsense\n\ndata:"),
            streamed));
    all.add(
        said("events-without-usage", withoutUsage, estimated().and("completion_tokens", "[1-9]+")));
    all.add(
        said(
            "events-cut-within-usage",
            CHAT_STREAM.substring(0, CHAT_STREAM.indexOf("\"completion_tokens\"") + 21),
            estimated()));
    all.add(
        said(
            "events-with-an-error",
            withoutUsage.replace(
                "data: [DONE]",
                "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\","
                    + "\"code\":null}}"),
            estimated().and("error_code", "server_error").and("outcome", "completed")));
    all.add(
        new Shape(
            "responses-events",
            RESPONSES_PATH,
            "{\"model\":\"gpt-4o-mini\",\"input\":\"sky\",\"stream\":true}",
            (w, q, r) -> bytes(events(r).chunked(), RESPONSES_STREAM, 150),
            streamed.and("endpoint", "responses").and("response_id", "resp_D1ff")));
    all.add(
        new Shape(
            "responses-failed",
            RESPONSES_PATH,
            "{\"model\":\"gpt-4o-mini\",\"input\":\"sky\",\"stream\":true}",
            (w, q, r) ->
                events(r)
                    .body(
                        RESPONSES_STREAM.substring(
                                0, RESPONSES_STREAM.indexOf("event: response.completed"))
                            + failedEvents()),
            estimated()
                .and("prompt_tokens", "1")
                .and("error_code", "rate_limit_exceeded")
                .and("outcome", "completed")));
    return all;
  }

  private static String failedEvents() {
    return "event: response.failed\n"
        + "data: {\"type\":\"response.failed\",\"sequence_number\":2,\"response\":{\"id\":"
        + "\"resp_D1ff\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":"
        + "\"rate_limit_exceeded\",\"message\":\"slow down\"},\"model\":\"gpt-4o-mini\","
        + "\"output\":[],\"usage\":null}}\n\n";
  }

  private static List<Shape> notModelCalls() {
    return List.of(
        elsewhere("counting-tokens", "/v1/responses/input_tokens"),
        elsewhere("cancelling", "/v1/responses/resp_1/cancel"),
        elsewhere("files", "/v1/files"));
  }

  private static Shape elsewhere(String name, String path) {
    return new Shape(name, path, Fixture.QUESTION, (w, q, r) -> json(r).body(CHAT), nothing());
  }

  private static Shape document(String name, Script script, Ledger ledger) {
    return new Shape(name, CHAT_PATH, Fixture.QUESTION, script, ledger);
  }

  private static Shape document(String name, String question, Script script, Ledger ledger) {
    return new Shape(name, CHAT_PATH, question, script, ledger);
  }

  private static Shape stream(String name, Script script, Ledger ledger) {
    return new Shape(name, CHAT_PATH, Fixture.STREAM_QUESTION, script, ledger);
  }

  /** A stream that ends with the connection. */
  private static Shape said(String name, String text, Ledger ledger) {
    return stream(name, (w, q, r) -> events(r).untilClose().part(text), ledger);
  }

  private static Shape answer(String name, String text, Ledger ledger) {
    return document(name, (w, q, r) -> json(r).body(text), ledger);
  }

  /** A usage that cannot be believed: its members, or what stands in its place. */
  private static Shape usage(String name, @Nullable String members, @Nullable String instead) {
    String whole = Fixture.usage(members == null ? "" : members);
    return answer(
        name, instead == null ? whole : whole.replace("\"usage\":{},", instead), estimated());
  }

  private static Reply json(Reply reply) {
    return reply.header("Content-Type", JSON_TYPE);
  }

  private static Reply events(Reply reply) {
    return reply.header("Content-Type", EVENTS_TYPE);
  }

  private static void bytes(Reply reply, String text, int size) throws Exception {
    byte[] bytes = text.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      reply.part(java.util.Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)));
    }
  }
}
