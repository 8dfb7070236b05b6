package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LocalhostTls;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every transport of the matrix, in its first and its last version, makes each kind of call three
 * times: a budget blocks it, a server answers it just so, the policy refuses it. What the program
 * sees of the first two must be the same, and nothing of the first and the last may leave.
 *
 * <p>The property {@code costattr.test.library} restricts it as it does {@link VersionsTest}.
 */
class DeniedTest {
  private static final String ONLY = System.getProperty("costattr.test.library", "");

  /** The exception of the agent's API, or the client's own with that behind it. */
  private static final String REFUSED =
      "threw (java\\.io\\.IOException|io\\.costattr\\.api\\.MissingAttributionException)"
          + " without customer_id";

  /** A call with a certain model, and any call; one of each is made. */
  private static final String BUDGETS =
      """
      budgets:
        - name: read
          match:
            feature: denied
            model: gpt-4o-mini
          each: feature
          limit: 1 calls
          window: rolling 366d
          action: block
        - name: unread
          match:
            feature: denied
          each: feature
          limit: 1 calls
          window: rolling 366d
          action: block
      """;

  /** Of each row's own, for rows run beside each other. */
  @TempDir Path own;

  static Stream<Arguments> rows() {
    return Transports.ALL.stream()
        .flatMap(
            library ->
                versions(library)
                    .filter(version -> (library.program() + ":" + version + ":").startsWith(ONLY))
                    .map(version -> arguments(named(library.program(), library), version)));
  }

  /** The first and the last; on a later JDK the last; all of them where one library is named. */
  private static Stream<String> versions(Library library) {
    List<String> all = library.versions();
    if (!ONLY.isEmpty()) {
      return all.stream();
    }
    String last = all.get(all.size() - 1);
    return AgentJvm.javaVersion() == 17 ? Stream.of(all.get(0), last).distinct() : Stream.of(last);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  @Execution(ExecutionMode.CONCURRENT)
  void whatIsBlockedLooksLikeAnAnswerOfTheServersAndNothingIsSent(Library library, String version)
      throws Exception {
    String classPath = Program.compileDenied(library, version, own);
    Files.writeString(own.resolve("costattr.yaml"), BUDGETS);
    try (Silence silence = Silence.start();
        Answering server = Answering.start()) {
      Result result =
          AgentJvm.of(own, "Program")
              .withAgent(
                  "otel.sdk.disabled=true",
                  "budget.store=memory",
                  "policy.missing=ignore",
                  "policy.feature.refused=reject customer_id",
                  "providers.127.0.0.1/spent=openai",
                  "providers.127.0.0.1/denied=openai",
                  "providers.localhost/denied=openai",
                  "log=info")
              .classPath(classPath)
              .option(trust(own))
              .option(library.options(AgentJvm.javaVersion()))
              .argument(silence.url(), server.plainUrl(), server.secureUrl())
              .run();
      String all = result.out() + result.err();
      assertThat(result.err()).as(all).doesNotContain("internal fault");
      List<String> lines = result.out().lines().toList();
      assertThat(lines).as(all).endsWith("done");
      Map<String, String> denied = of(lines, "denied");
      assertThat(denied).as(all).isNotEmpty();
      assertThat(denied.values()).as(all).containsOnly("as by the server");
      assertThat(of(lines, "server").values())
          .as(all)
          .hasSameSizeAs(denied.values())
          .anyMatch(seen -> seen.contains("monthly_ai_quota_exceeded"));
      assertThat(of(lines, "refused").values())
          .as(all)
          .hasSameSizeAs(denied.values())
          .allMatch(seen -> seen.matches(REFUSED));
      assertThat(silence.received()).as(all).isZero();
      assertThat(server.paths()).as(all).noneMatch(path -> path.contains("denied"));

      List<JsonNode> events =
          result.events().stream()
              .filter(event -> event.path("feature").asText().equals("denied"))
              .filter(event -> !customer(event).equals("first"))
              .toList();
      assertThat(events).allSatisfy(DeniedTest::check);
      assertThat(events.stream().map(DeniedTest::customer).collect(Collectors.toSet()))
          .isEqualTo(denied.keySet());
      // As many as the server has answered, but for the one that has used the budgets up.
      assertThat(events).as(server.paths() + all).hasSize(server.chats() - 1);
    }
  }

  /** What the program says of its kinds of calls: {@code kind what seen}. */
  private static Map<String, String> of(List<String> lines, String what) {
    return lines.stream()
        .map(line -> line.split(" ", 3))
        .filter(words -> words.length == 3 && words[1].equals(what))
        .collect(Collectors.toMap(words -> words[0], words -> words[2]));
  }

  private static String customer(JsonNode event) {
    return event.path("customer_id").asText();
  }

  private static void check(JsonNode event) {
    String seen = event.toString();
    assertThat(event.path("http_status").asInt()).as(seen).isEqualTo(429);
    assertThat(event.path("error_code").asText()).as(seen).isEqualTo("monthly_ai_quota_exceeded");
    assertThat(event.path("cost_basis").asText()).as(seen).isEqualTo("none");
    assertThat(event.path("cost_usd").asDouble()).as(seen).isZero();
    assertThat(event.path("attribution_source").path("customer_id").asText())
        .as(seen)
        .isEqualTo("api");
  }

  private static String[] trust(Path directory) throws Exception {
    Path store = directory.resolve("localhost.p12");
    try (InputStream in = LocalhostTls.class.getResourceAsStream("localhost.p12")) {
      Files.copy(in, store);
    }
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=loopback"
    };
  }
}
