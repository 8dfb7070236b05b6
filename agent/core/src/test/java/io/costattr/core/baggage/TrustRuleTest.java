package io.costattr.core.baggage;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.RequestBaggage;
import io.costattr.core.attribution.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word counts of what a request's header says, and above all whose does not. */
class TrustRuleTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";
  private static final long NOW = 1_800_000_000_000L;

  private final TrustRule signed = TrustRule.of(new Signature(List.of(KEY), 60));
  private final TrustRule peers = TrustRule.of(new Peers("10.1.0.0/16, 192.0.2.7,fd00::/8,::1"));

  @Test
  void whatIsSignedCounts() throws Exception {
    Attribution said = trusted(signed, header(KEY, NOW));

    assertThat(said)
        .isEqualTo(
            new Attribution(
                    null, null, "cust \u00e4,1", "search", null, null, Map.of("plan", "a;b=c"))
                .from(Source.BAGGAGE));
  }

  /** By the lines of Python in docs/attribution.md. */
  @Test
  void whatIsSignedWithoutTheAgentCounts() {
    Attribution said =
        trusted(
            signed,
            "costattr.customer.id=cust%20%C3%A4%2C1,costattr.team=search,"
                + "costattr.sig=1:1800000000:customer.id/team:"
                + "feuaTzrHZ6MPVKSf4oGJCnH3AZgpHLKp2jkkeqinX2o");

    assertThat(said).isNotNull();
    assertThat(said.customerId()).isEqualTo("cust \u00e4,1");
    assertThat(said.team()).isEqualTo("search");
  }

  @Test
  void othersMayAddMembersOrderThemAnewAndEncodeThemInAnotherWay() throws Exception {
    List<String> members = new ArrayList<>(List.of(header(KEY, NOW).split(",")));
    List<String> anew = new ArrayList<>(List.of("other=1", "costattr.feature=unsigned"));
    for (int i = members.size() - 1; i >= 0; i--) {
      anew.add(" " + members.get(i).replace("search", "%73earch").replace("=", " = ") + " ;p=1");
    }

    Attribution said = trusted(signed, anew.toArray(String[]::new));

    assertThat(said).isNotNull();
    assertThat(said.team()).isEqualTo("search");
    assertThat(said.customerId()).isEqualTo("cust \u00e4,1");
    assertThat(said.feature()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"59, true", "-59, true", "61, false", "-61, false", "86400, false"})
  void aSignatureCountsForAWhileOnly(long secondsOld, boolean counts) throws Exception {
    assertThat(trusted(signed, header(KEY, NOW - secondsOld * 1_000)) != null).isEqualTo(counts);
  }

  @Test
  void thatOfAnotherKeyDoesNotCountUnlessItIsBelievedAsWell() throws Exception {
    assertThat(trusted(signed, header(OTHER, NOW))).isNull();

    TrustRule rotating = TrustRule.of(new Signature(List.of(OTHER, KEY), 60));

    assertThat(trusted(rotating, header(KEY, NOW))).isNotNull();
    assertThat(trusted(rotating, header(OTHER, NOW))).isNotNull();
  }

  @Test
  void whatIsChangedTakenAwayOrMovedToAnotherKeyDoesNotCount() throws Exception {
    String header = header(KEY, NOW);
    String signature = header.substring(header.indexOf("costattr.sig="));

    for (String spoofed :
        List.of(
            header.replace("search", "ads"),
            header.replace("costattr.team=search,", ""),
            header.replace("costattr.team=", "costattr.feature="),
            header.replace("costattr.team=search", "costattr.team=%FF"),
            signature + ",costattr.customer.id=cust_2",
            "costattr.customer.id=cust_2",
            header.substring(0, header.length() - 1) + (header.endsWith("A") ? "B" : "A"),
            header.substring(0, header.length() - 4),
            header.replace("sig=1:", "sig=2:"),
            header.replace("1800000000", "1800000001"),
            header.replace("1800000000", "99999999999999999999"),
            header.replace("1800000000", "-9223372036854775808"),
            header.replace("customer.id/tag.plan", "customer.id/customer.id"),
            "costattr.customer.id=cust_2,costattr.sig=1:1800000000:customer.id:",
            "costattr.customer.id=cust_2,costattr.sig=1:1800000000:customer.id:====",
            "costattr.customer.id=cust_2,costattr.sig=1:1800000000::AAAA",
            "costattr.customer.id=cust_2,costattr.sig=:::",
            "costattr.customer.id=cust_2,costattr.sig=" + "/".repeat(2_000),
            "costattr.customer.id=cust_2,costattr.sig=")) {
      assertThat(trusted(signed, spoofed)).as(spoofed).isNull();
    }
  }

  @Test
  void aKeyThatCameTwiceWithDifferentValuesIsNobodys() throws Exception {
    String header = header(KEY, NOW);

    assertThat(trusted(signed, header, "costattr.customer.id=cust_2")).isNull();
    assertThat(trusted(signed, "costattr.customer.id=cust_2," + header)).isNull();
    assertThat(trusted(signed, header, "costattr.team=search")).isNotNull();

    Attribution said =
        of(peers, "10.1.2.3", "costattr.customer.id=a,costattr.team=t", "costattr.customer.id=b")
            .trusted();

    assertThat(said).isNotNull();
    assertThat(said.customerId()).isNull();
    assertThat(said.team()).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.1.255.255", "192.0.2.7", "fd12::1", "0:0:0:0:0:0:0:1", "::ffff:10.1.0.1"})
  void aRequestOfAPeerIsBelieved(String address) {
    assertThat(of(peers, address, "costattr.team=t").trusted()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.2.0.1",
        "192.0.2.70",
        "fe80::1%eth0",
        "::2",
        "10.1",
        "localhost",
        "",
        "10.1.0.1, 8.8.8.8"
      })
  void noOtherIs(String address) {
    RequestBaggage said = of(peers, address, "costattr.team=t");

    assertThat(said.trusted()).isNull();
    assertThat(said.untrusted()).isNotNull();
  }

  @Test
  void aRequestFromWhereNobodyKnowsIsNotBelieved() {
    assertThat(of(peers, null, "costattr.team=t").trusted()).isNull();
    assertThat(
            of(TrustRule.of(new Peers("not.an.address/8 10.1/33")), "10.1.0.1", "costattr.team=t")
                .trusted())
        .isNull();
  }

  @Test
  void whatIsTooMuchIsNotReadAtAll() {
    String many = "a=b,".repeat(5_000) + "costattr.team=t";
    String few = "a=b,".repeat(500) + "costattr.team=t";
    String large = "costattr.team=t,x=" + "x".repeat(65_536);

    assertThat(of(peers, "10.1.0.1", many)).isEqualTo(RequestBaggage.UNREAD);
    assertThat(of(peers, "10.1.0.1", few)).isEqualTo(RequestBaggage.UNREAD);
    assertThat(of(peers, "10.1.0.1", large)).isEqualTo(RequestBaggage.UNREAD);
    assertThat(of(peers, "10.1.0.1", large.substring(0, 4_000), large.substring(0, 5_000)))
        .isEqualTo(RequestBaggage.UNREAD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%0Ab", "a\nb", "a\u0000", "%C3", "%C3%28", "%", "%4", "%ZZ", "a b", "\u00e4", "a\"b", ""
      })
  void aValueThatIsNoneDoesNotCount(String value) {
    Attribution said =
        of(peers, "10.1.0.1", "costattr.customer.id=" + value + ",costattr.team=t").trusted();

    assertThat(said).isNotNull();
    assertThat(said.customerId()).isNull();
    assertThat(said.team()).isEqualTo("t");
  }

  @Property(tries = 300)
  void whateverComesNothingBreaks(@ForAll String header, @ForAll List<String> headers) {
    headers.add(header);
    headers.add("costattr.sig=" + header);
    headers.add("costattr.team=" + header);

    assertThat(signed.of(headers, () -> header, NOW).trusted()).isNull();
    assertThat(peers.of(headers, () -> header, NOW).trusted()).isNull();
  }

  private static String header(String key, long nowMs) throws Exception {
    TreeMap<String, String> members =
        new TreeMap<>(
            Map.of(
                "costattr.customer.id",
                "cust \u00e4,1",
                "costattr.team",
                "search",
                "costattr.tag.plan",
                "a;b=c"));
    List<String> parts = new ArrayList<>();
    members.forEach((name, value) -> parts.add(name + "=" + PercentCode.encoded(value)));
    Signature signature = new Signature(List.of(key), 60);
    return String.join(",", parts) + "," + Signature.KEY + "=" + signature.of(members, nowMs);
  }

  private static @Nullable Attribution trusted(TrustRule rule, String... headers) {
    return of(rule, null, headers).trusted();
  }

  private static RequestBaggage of(TrustRule rule, @Nullable String peer, String... headers) {
    return rule.of(List.of(headers), () -> peer, NOW);
  }
}
