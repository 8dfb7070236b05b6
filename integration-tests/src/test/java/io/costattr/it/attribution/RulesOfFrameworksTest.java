package io.costattr.it.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.it.CompiledProgram;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that take values from what frameworks keep: logging contexts and verified claims. */
class RulesOfFrameworksTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "mdcslf4j, ch.qos.logback:logback-classic:1.2.13",
    "mdcslf4j, ch.qos.logback:logback-classic:1.6.6",
    "mdclog4j, org.apache.logging.log4j:log4j-core:2.17.2",
    "mdclog4j, org.apache.logging.log4j:log4j-core:2.26.1",
  })
  void aKeyOfTheLoggingContextNamesTheCustomer(String program, String library) throws Exception {
    Result result = run("- customer_id: {mdc: customerId}\n", program, library);

    assertThat(result.out()).isEqualToIgnoringNewLines("done");
    assertThat(result.eachEvents("customer_id")).containsExactly("cust_1", "(unattributed)");
    JsonNode sources = result.events().get(0).path("attribution_source");
    assertThat(sources.path("customer_id").asText()).isEqualTo("rule");
  }

  @ParameterizedTest
  @CsvSource({"5.8.16, 5.3.39, 9.0.111", "6.5.11, 6.2.19, 10.1.59", "7.1.2, 7.0.9, 11.0.27"})
  void aClaimThatSpringSecurityHasVerifiedNamesTheCustomer(
      String security, String spring, String tomcat) throws Exception {
    List<String> libraries = new ArrayList<>(security(security));
    libraries.add("org.springframework:spring-webmvc:" + spring);
    libraries.add("org.apache.tomcat.embed:tomcat-embed-core:" + tomcat);

    claimsAreTaken("springsecurity", libraries);
  }

  @ParameterizedTest
  @CsvSource({
    "5.8.16, 5.3.39, 3.4.34, 1.0.48",
    "6.5.11, 6.2.19, 3.7.19, 1.2.18",
    "7.1.2, 7.0.9, 3.8.7, 1.3.7"
  })
  void aClaimThatSpringSecurityHasVerifiedInAChainOfWebFluxNamesTheCustomer(
      String security, String spring, String reactor, String netty) throws Exception {
    List<String> libraries = new ArrayList<>(security(security));
    libraries.add("org.springframework:spring-webflux:" + spring);
    libraries.add("org.springframework:spring-context:" + spring);
    libraries.add("io.projectreactor:reactor-core:" + reactor);
    libraries.add("io.projectreactor.netty:reactor-netty-http:" + netty);

    claimsAreTaken("springsecurityreactive", libraries);
  }

  private static List<String> security(String version) {
    return Stream.of("config", "web", "oauth2-resource-server", "oauth2-jose")
        .map(part -> "org.springframework.security:spring-security-" + part + ":" + version)
        .toList();
  }

  private void claimsAreTaken(String program, List<String> libraries) throws Exception {
    Result result =
        run(
            """
            - customer_id: {claim: tenant_id}
              tag.plan: {claim: "https://acme.com/plan", map: {ent: enterprise}}
              tag.realm: {claim: realm.name}
              tag.user: {principal: name}
            """,
            program,
            libraries.toArray(new String[0]));

    assertThat(result.out().lines()).containsExactly("200", "200", "401");
    assertThat(result.eachEvents("customer_id"))
        .as(result.err())
        .containsExactly("acme", "acme", "(unattributed)");
    JsonNode served = result.events().get(0);
    assertThat(served.path("route").asText()).isEqualTo("/chat");
    for (int i = 0; i < 2; i++) {
      assertThat(result.events().get(i).path("tags"))
          .hasToString("{\"plan\":\"enterprise\",\"realm\":\"eu\",\"user\":\"alice\"}");
    }
  }

  @Test
  void aClaimOfATokenOfMicroProfilesNamesTheCustomer() throws Exception {
    Result result =
        run(
            "- customer_id: {claim: tenant_id}\n  tag.seats: {claim: seats}\n"
                + "  team: {principal: name, strip_suffix: \"@acme.com\"}\n",
            "microprofilejwt",
            "io.smallrye:smallrye-jwt:4.6.3",
            "org.eclipse.parsson:parsson:1.1.7",
            "org.apache.tomcat.embed:tomcat-embed-core:10.1.59");

    assertThat(result.eachEvents("customer_id")).as(result.err()).containsExactly("acme");
    assertThat(result.eachEvents("team")).containsExactly("alice");
    assertThat(result.events().get(0).path("tags")).hasToString("{\"seats\":\"12\"}");
  }

  private Result run(String rules, String program, String... libraries) throws Exception {
    Files.writeString(directory.resolve("costattr.yaml"), "rules:\n" + rules);
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, "Program")
              .withAgent("otel.sdk.disabled=true")
              .classPath(CompiledProgram.classPath(program, directory, libraries))
              .argument(server.baseUrl(), directory.resolve("tomcat").toString())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("internal fault").doesNotContain("costattr.yaml");
      return result;
    }
  }
}
