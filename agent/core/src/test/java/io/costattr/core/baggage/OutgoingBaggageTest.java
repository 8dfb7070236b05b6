package io.costattr.core.baggage;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.RequestBaggage;
import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import io.costattr.core.dialect.Routes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes to other services of who pays, and to whom it does not go. */
class OutgoingBaggageTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Routes ROUTES =
      new Routes(Map.of("gateway.internal/openai", "openai", "own.openai.azure.com", "none"));

  private @Nullable Attribution api;
  private @Nullable Attribution telemetry;

  private final ContextSource source =
      new ContextSource() {
        @Override
        public @Nullable Attribution attribution() {
          return api;
        }

        @Override
        public @Nullable Attribution baggage() {
          return telemetry;
        }
      };

  @BeforeEach
  void start() {
    ContextSources.add(source);
    start(null);
  }

  @AfterEach
  void stop() {
    ContextSources.remove(source);
    OutgoingBaggage.stop();
    Served.believe(null);
  }

  private static void start(@Nullable Signature signature) {
    OutgoingBaggage.start(
        new Hosts(
            "embed.internal, b:8443,*.svc.cluster.local:8080,api.openai.com,[::1]", ROUTES::owner),
        signature,
        new Attribution("of default", "/default", null, "search", "prod", null, Map.of("a", "b")));
  }

  @Test
  void whoPaysIsAddedButNotWhereTheCallIsMade() {
    api =
        new Attribution(
            "chat", null, "cust \u00e4,1", null, null, "r", Map.of("plan", "a;b", "no token", "x"));

    assertThat(sent())
        .isEqualTo(
            "costattr.customer.id=cust%20%C3%A4%2C1,costattr.feature=chat,"
                + "costattr.tag.plan=a%3Bb,costattr.team=search");

    api = new Attribution(null, "/mine", null, null, "staging", null, Map.of());

    assertThat(sent())
        .isEqualTo(
            "costattr.environment=staging,costattr.feature=of%20default,"
                + "costattr.route=/mine,costattr.team=search");
  }

  @Test
  void whatTheRequestHasStaysAndWins() {
    api = new Attribution("chat", null, "c1", null, null, null, Map.of());

    assertThat(sent("a=b; p=1", "costattr.customer.id=c2 , x = y"))
        .isEqualTo(
            "a=b; p=1,costattr.customer.id=c2,x = y,costattr.feature=chat,costattr.team=search");
    assertThat(sent("costattr.customer.id=c1,costattr.feature=chat,costattr.team=search")).isNull();
  }

  @Test
  void onlyWhatIsVouchedForIsSigned() {
    start(new Signature(List.of(KEY), 60));
    api = new Attribution("chat", null, "c1", null, null, null, Map.of());

    Attribution said = received(sent("costattr.customer.id=c2,costattr.route=/x"));

    assertThat(said.customerId()).isNull();
    assertThat(said.route()).isNull();
    assertThat(said.feature()).isEqualTo("chat");
    assertThat(said.team()).isEqualTo("search");
  }

  @Test
  void whatOpenTelemetrySendsAlreadyIsNotDoubledAndItsSignatureIsRenewed() {
    start(new Signature(List.of(KEY), 60));
    api = new Attribution("chat", null, "c1", null, null, null, Map.of());
    String first = sent();

    String second = sent(first);

    assertThat(second.split(",")).hasSameSizeAs(first.split(","));
    assertThat(received(second).customerId()).isEqualTo("c1");
  }

  @Test
  void whatOnlyOpenTelemetrySaysIsNeitherAddedNorSigned() {
    start(new Signature(List.of(KEY), 60));
    telemetry =
        new Attribution("spoofed", null, "c9", null, null, null, Map.of()).from(Source.BAGGAGE);

    Attribution said = received(sent("costattr.customer.id=c9"));

    assertThat(said.customerId()).isNull();
    assertThat(said.feature()).isNull();
    assertThat(said.team()).isEqualTo("search");
  }

  @Test
  void whatCameWithATrustedRequestGoesOn() {
    start(new Signature(List.of(KEY), 60));
    String first = sent();
    api = null;
    Served.believe(TrustRule.of(new Signature(List.of(KEY), 60)));
    Served request =
        request(first.replace("costattr.team", "costattr.route=/x,costattr.team")).enter();
    try {
      assertThat(received(sent()).team()).isEqualTo("search");
      assertThat(received(sent()).route()).isNull();
    } finally {
      Served.leave(request);
    }
  }

  @Test
  void openTelemetrysBaggageIsNotBelievedForWhatThatHeaderSaysWithoutTrust() {
    Served.believe(TrustRule.of(new Peers("10.0.0.1")));
    telemetry =
        new Attribution("own", null, "c9", null, null, null, Map.of("x", "y")).from(Source.BAGGAGE);
    Served request = request("costattr.customer.id=c9,costattr.tag.x=y").enter();
    try {
      Attribution said = ContextSources.attribution();
      assertThat(said.customerId()).isNull();
      assertThat(said.tags()).isEmpty();
      assertThat(said.feature()).isEqualTo("own");
    } finally {
      Served.leave(request);
    }
  }

  @Test
  void whatOneThreadMakesAndAnotherSendsIsOfTheFormer() {
    Object call = new Object();
    Object other = new Object();
    api = new Attribution("chat", null, "c1", null, null, null, Map.of());
    OutgoingBaggage.capture(call);
    Addition first = OutgoingBaggage.of("embed.internal", 443, other);
    Addition elsewhere = OutgoingBaggage.of("b", 443, new Object());
    api = new Attribution("chat", null, "c2", null, null, null, Map.of());

    Addition before = OutgoingBaggage.enter(call);
    assertThat(OutgoingBaggage.sending("embed.internal", 443).to(List.of())).contains("c1");
    assertThat(OutgoingBaggage.sending("other", 443)).isNull();
    OutgoingBaggage.leave(before);

    assertThat(OutgoingBaggage.sending("embed.internal", 443).to(List.of())).contains("c2");
    assertThat(OutgoingBaggage.of("embed.internal", 443, other)).isSameAs(first);
    assertThat(OutgoingBaggage.of("other", 443, other)).isNull();
    assertThat(elsewhere).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "embed.internal, 443, true",
    "EMBED.internal, 80, true",
    "b, 8443, true",
    "b, 443, false",
    "::1, 80, true",
    "[::1], 80, true",
    "a.svc.cluster.local, 8080, true",
    "a.b.svc.cluster.local, 8080, true",
    "a.svc.cluster.local, 443, false",
    "svc.cluster.local, 8080, false",
    "evilsvc.cluster.local, 8080, false",
    "other, 443, false",
    "api.openai.com, 443, false",
  })
  void itGoesToTheHostsThatAreNamed(String host, int port, boolean goes) {
    api = new Attribution("chat", null, null, null, null, null, Map.of());

    assertThat(OutgoingBaggage.of(host, port) != null).isEqualTo(goes);
  }

  @Test
  void itNeverGoesToAProvider() {
    Hosts all = new Hosts("*.com,*.internal", ROUTES::owner);

    assertThat(all.contain("api.anthropic.com", 443)).isFalse();
    assertThat(all.contain("x.openai.azure.com", 443)).isFalse();
    assertThat(all.contain("gateway.internal", 443)).isFalse();
    assertThat(all.contain("own.openai.azure.com", 443)).isTrue();
    assertThat(all.contain("example.com", 443)).isTrue();
  }

  @Test
  void aHeaderThatIsFullIsSentAsItIs() {
    api = new Attribution("chat", null, null, null, null, null, Map.of());

    assertThat(sent("x=" + "x".repeat(8_180))).isNull();
    assertThat(sent("x=" + "x".repeat(9_000))).isNull();
  }

  private static @Nullable String sent(String... present) {
    Addition addition = OutgoingBaggage.of("embed.internal", 443);
    return addition == null ? null : addition.to(Arrays.asList(present));
  }

  private static Attribution received(String header) {
    RequestBaggage said =
        TrustRule.of(new Signature(List.of(KEY), 60))
            .of(List.of(header), () -> null, System.currentTimeMillis());
    return said.trusted() == null ? Attribution.NONE : said.trusted();
  }

  private static Served request(String baggage) {
    return new Served(Source.ROUTE) {
      @Override
      protected String route() {
        return "/embed";
      }

      @Override
      public List<String> headers(String name) {
        return new ArrayList<>(name.equals("baggage") ? List.of(baggage) : List.of());
      }

      @Override
      public String peer() {
        return "192.0.2.1";
      }
    };
  }
}
