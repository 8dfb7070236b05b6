package io.costattr.it.attribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.api.Attributed;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code @Attributed} on methods of an application. */
class AttributedTest {
  private static final String NOTHING = "(unattributed)/none (unattributed)/none";

  @TempDir Path directory;

  @Test
  void aMethodSaysWhoPaysForItsCallsWhileItRunsAndForWhatItHandsOver() throws Exception {
    Map<String, List<JsonNode>> events;
    Result result;
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      result = run(server, AttributedCalls.class, AgentJvm.testClassPath());
      events = byCase(result);
    }

    Map<String, List<String>> expected = new LinkedHashMap<>();
    String chat = "chat/annotation cust_1/annotation";
    expected.put("instance", List.of(chat));
    expected.put("static", List.of("metered/annotation cust_2/annotation"));
    expected.put("private", List.of("(unattributed)/none 3/annotation"));
    expected.put(
        "recursion",
        List.of(
            "(unattributed)/none 2/annotation",
            "(unattributed)/none 1/annotation",
            "(unattributed)/none 0/annotation",
            "(unattributed)/none 1/annotation",
            "(unattributed)/none 2/annotation"));
    expected.put("exception", List.of("failing/annotation cust_1/annotation", NOTHING));
    expected.put("overlay", List.of(chat, "outer/annotation internal/annotation"));
    expected.put("api-inside", List.of("of the api/api cust_3/annotation"));
    expected.put("api-outside", List.of("of the api/api cust_1/annotation"));
    expected.put("default-method", List.of("of the default/annotation cust_4/annotation"));
    expected.put("interface", List.of(NOTHING));
    expected.put("overridden", List.of(NOTHING));
    expected.put("super", List.of(chat));
    expected.put("generic", List.of("(unattributed)/none cust_5/annotation"));
    expected.put("lambda", List.of("(unattributed)/none cust_6/annotation"));
    expected.put("thread", List.of(NOTHING));
    String later = "(unattributed)/none cust_8/annotation";
    expected.put("future", List.of(later, later));
    expected.put("varargs", List.of("(unattributed)/none cust_9/annotation"));
    expected.put("cglib", List.of("of the default/annotation cust_10/annotation"));
    expected.put("jdk-proxy", List.of(NOTHING));
    expected.put("own-proxy", List.of(chat));
    String hostile = "hostile/annotation (unattributed)/none";
    expected.put("hostile", List.of(hostile, hostile));
    expected.put("null", List.of("chat/annotation (unattributed)/none"));
    String throwing = "throwing/annotation (unattributed)/none";
    expected.put("throws", List.of(throwing, throwing));
    expected.put("after", List.of(NOTHING));
    Map<String, List<String>> said = new LinkedHashMap<>();
    events.forEach((name, all) -> said.put(name, all.stream().map(AttributedTest::who).toList()));
    assertThat(said).isEqualTo(expected);

    assertThat(tags(events.get("instance").get(0)))
        .isEqualTo(Map.of("case", "instance", "plan", "gold", "x", "y"));
    assertThat(tags(events.get("static").get(0)))
        .isEqualTo(Map.of("case", "static", "a", "7", "b", "0.5"));
    JsonNode outer = events.get("overlay").get(1);
    assertThat(outer.path("team").asText()).isEqualTo("core");
    assertThat(outer.path("route").asText()).isEqualTo("/outer/{id}");
    assertThat(outer.path("attribution_source").path("route").asText()).isEqualTo("annotation");
    assertThat(events.get("api-inside").get(0).path("environment").asText()).isEqualTo("test");
    said(result);
  }

  private static void said(Result result) {
    assertThat(result.errorLines().stream().filter(line -> line.contains("@Attributed")))
        .hasSize(6)
        .anyMatch(
            line ->
                line.contains("AttributedCalls$Methods.hostile: customerId \"T(java.lang.Runtime)")
                    && line.contains("allowed is text"))
        .anyMatch(line -> line.contains("hostile: team \"#args[0].class.name\" does not count"))
        .anyMatch(
            line -> line.contains("Contract.withoutBody does not count, since it has no body"))
        .anyMatch(line -> line.contains("answer did not say customerId: it was null"))
        .anyMatch(line -> line.contains("answer did not say tag.plan: it was null"))
        .anyMatch(
            line -> line.contains("throwing did not say customerId: its getter has thrown a java"));
    assertThat(result.err()).doesNotContain("internal fault").doesNotContain("secret");
  }

  @Test
  void itCanBeSwitchedOff() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          run(server, AttributedCalls.class, AgentJvm.testClassPath(), "annotations=false");

      assertThat(result.eachEvents("customer_id")).hasSize(33).containsOnly("(unattributed)");
      assertThat(result.err()).doesNotContain("@Attributed");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-parameters, cust_1",
    "-g:vars,     cust_1",
    "-g:none,     (unattributed)",
  })
  void parametersAreNamedByTheClassFileAndTheApiNeedNotBeThereAtRunTime(
      String option, String customer) throws Exception {
    Path source = directory.resolve("Shop.java");
    Files.writeString(
        source,
        """
        import io.costattr.api.Attributed;
        import java.net.URI;
        import java.net.http.*;

        public class Shop {
          public static void main(String[] arguments) throws Exception {
            new Shop().sell(1L, "cust_1", arguments[0]);
          }

          @Attributed(feature = "sale", customerId = "#customer")
          void sell(long first, String customer, String url) throws Exception {
            {
              int other = 0;
              System.out.println(other);
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
                .header("Authorization", "Bearer sk-test")
                .POST(HttpRequest.BodyPublishers.ofString(
                    "{\\"model\\":\\"gpt-5.5\\",\\"messages\\":[{\\"role\\":\\"user\\","
                    + "\\"content\\":\\"Hello\\"}]}"))
                .build();
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
          }
        }
        """,
        UTF_8);
    Path api =
        Path.of(Attributed.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path classes = Files.createDirectory(directory.resolve("classes"));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                option,
                "-cp",
                api.toString(),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(compiled).isZero();
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result = run(server, null, classes.toString());

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.eachEvents("feature")).containsExactly("sale");
      assertThat(result.eachEvents("customer_id")).containsExactly(customer);
      assertThat(result.err().contains("compile with -parameters"))
          .isEqualTo(customer.equals("(unattributed)"));
    }
  }

  private Result run(LoopbackOpenAi server, Class<?> main, String classPath, String... settings)
      throws Exception {
    AgentJvm jvm = main == null ? AgentJvm.of(directory, "Shop") : AgentJvm.of(directory, main);
    Result result =
        jvm.classPath(classPath)
            .withAgent(settings)
            .option("-Dcostattr.otel.sdk.disabled=true")
            .argument(server.baseUrl())
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }

  private static Map<String, List<JsonNode>> byCase(Result result) throws Exception {
    Map<String, List<JsonNode>> events = new LinkedHashMap<>();
    for (JsonNode event : result.events()) {
      events
          .computeIfAbsent(event.path("tags").path("case").asText(), unused -> new ArrayList<>())
          .add(event);
    }
    return events;
  }

  private static Map<String, String> tags(JsonNode event) {
    Map<String, String> tags = new LinkedHashMap<>();
    event.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return tags;
  }

  private static String who(JsonNode event) {
    JsonNode sources = event.path("attribution_source");
    return event.path("feature").asText()
        + "/"
        + sources.path("feature").asText()
        + " "
        + event.path("customer_id").asText()
        + "/"
        + sources.path("customer_id").asText();
  }
}
