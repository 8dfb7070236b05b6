package io.costattr.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.ConfigReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LineTagsTest {

  @Test
  void theAgentsOwnNamesOfMetadataSayEveryDimension() {
    assertThat(
            said(
                "",
                Map.of(
                    "metadata.costattr.feature", "f",
                    "metadata.costattr.route", "r",
                    "metadata.costattr.customer.id", "c",
                    "metadata.costattr.team", "t",
                    "metadata.costattr.environment", "e",
                    "metadata.costattr.tag.order", "42")))
        .isEqualTo(new Attribution("f", "r", "c", "t", "e", null, Map.of("order", "42")));
  }

  @Test
  void anotherFieldSaysWhatTheConfigurationNamesItFor() {
    assertThat(
            said(
                "batch.line.feature=metadata.job,batch.line.customer.id=user,"
                    + "batch.line.tag.user=user,batch.line.team=safety_identifier",
                Map.of("metadata.job", "nightly", "user", "u1", "safety_identifier", "s1")))
        .isEqualTo(
            new Attribution("nightly", null, "u1", "s1", null, null, Map.of("user", "u1"))
                .from(Source.RULE));
  }

  @Test
  void theAgentsOwnNameWinsOverARule() {
    assertThat(
            said(
                "batch.line.customer.id=user",
                Map.of("user", "u1", "metadata.costattr.customer.id", "c1")))
        .extracting(Attribution::customerId)
        .isEqualTo("c1");
  }

  @Test
  void everythingElseSaysNothing() {
    assertThat(
            said(
                "",
                Map.of(
                    "user", "u1",
                    "metadata.feature", "f",
                    "metadata.costattr.cost", "0",
                    "metadata.costattr.tag.", "x",
                    "metadata.costattr.team", "  ")))
        .isNull();
    assertThat(LineTags.OWN_NAMES.wants("metadata.feature")).isFalse();
    assertThat(LineTags.OWN_NAMES.wants("metadata.costattr.tag.x")).isTrue();
  }

  @Test
  void oneRequestDoesNotSpeakForTheNext() {
    LineTags.Said said = LineTags.OWN_NAMES.new Said();
    said.field("metadata.costattr.team", "t1");
    assertThat(said.take()).isNotNull();
    assertThat(said.take()).isNull();
    said.field("metadata.costattr.team", "t2");
    said.forget();
    assertThat(said.take()).isNull();
  }

  private static Attribution said(String configuration, Map<String, String> fields) {
    LineTags tags = LineTags.of(ConfigReader.read(configuration, new Properties(), Map.of()));
    LineTags.Said said = tags.new Said();
    fields.forEach(said::field);
    return said.take();
  }
}
