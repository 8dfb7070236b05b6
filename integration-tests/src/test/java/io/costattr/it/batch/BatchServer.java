package io.costattr.it.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.costattr.loopback.Reply;
import io.costattr.loopback.WireRequest;
import io.costattr.loopback.WireServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the files that are uploaded, by their names, and answers each request in them. */
final class BatchServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FILE =
      Pattern.compile("filename=\"([^\"]+)\".*?\r\n\r\n(.*?)\r\n--", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("\"input_file_id\":\"file-([^\"]+)\"");

  /** What was uploaded, by the name of the file. */
  final Map<String, String> files = new ConcurrentHashMap<>();

  WireServer start() throws IOException {
    return WireServer.start(this::answer);
  }

  private void answer(WireRequest request, Reply reply) throws IOException {
    reply.header("Content-Type", "application/json");
    String path = request.path();
    if (path.equals("/v1/files")) {
      Matcher file = FILE.matcher(request.text());
      if (!file.find()) {
        reply.status(400).body("{}");
        return;
      }
      files.put(file.group(1), file.group(2));
      reply.body(
          "{\"id\":\"file-%s\",\"object\":\"file\",\"bytes\":1,\"created_at\":1795000000,\"status\":\"processed\",\"filename\":\"x\",\"purpose\":\"batch\"}"
              .formatted(file.group(1)));
    } else if (path.equals("/v1/batches")) {
      Matcher input = INPUT.matcher(request.text().replace(" ", ""));
      reply.body(job(input.find() ? input.group(1) : "?", "validating"));
    } else if (path.startsWith("/v1/batches/batch_")) {
      reply.body(job(path.substring("/v1/batches/batch_".length()), "completed"));
    } else if (path.startsWith("/v1/files/out-")) {
      String name = path.substring("/v1/files/out-".length()).replace("/content", "");
      reply.header("Content-Type", "application/octet-stream").body(results(name));
    } else {
      reply.status(404).body("{}");
    }
  }

  private static String job(String name, String status) {
    return """
        {"id":"batch_%1$s","object":"batch","endpoint":"/v1/chat/completions","errors":null,
        "input_file_id":"file-%1$s","completion_window":"24h","status":"%2$s",
        "output_file_id":%3$s,"error_file_id":null,"created_at":1795000000,"metadata":null}
        """
        .formatted(name, status, status.equals("completed") ? "\"out-" + name + "\"" : "null");
  }

  /** In another order than they were asked in, as it comes. */
  private String results(String name) throws IOException {
    StringBuilder results = new StringBuilder();
    for (String line : files.getOrDefault(name, "").split("\r?\n")) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode request = JSON.readTree(line);
      results.insert(
          0,
          "{\"id\":\"batch_req_%s_%s\",\"custom_id\":%s,\"response\":{\"status_code\":200,\"request_id\":\"r\",\"body\":%s},\"error\":null}\n"
              .formatted(
                  name,
                  Integer.toHexString(request.path("custom_id").asText().hashCode()),
                  request.path("custom_id"),
                  body(request)));
    }
    return results.toString();
  }

  private static String body(JsonNode request) {
    return switch (request.path("url").asText()) {
      case "/v1/moderations" ->
          "{\"id\":\"modr-1\",\"model\":\"omni-moderation-latest\",\"results\":[{\"flagged\":false}]}";
      case "/v1/responses" ->
          "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1795000000,\"status\":\"completed\",\"model\":\"gpt-5-mini\",\"output\":[],\"metadata\":"
              + request.path("body").path("metadata")
              + ",\"usage\":{\"input_tokens\":100000,\"output_tokens\":0,\"total_tokens\":100000}}";
      default ->
          "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1795000000,\"model\":\"gpt-5-mini\",\"choices\":[],\"usage\":{\"prompt_tokens\":100000,\"completion_tokens\":0,\"total_tokens\":100000}}";
    };
  }
}
