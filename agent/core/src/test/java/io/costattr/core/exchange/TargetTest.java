package io.costattr.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1/responses, api.openai.com, 443, /v1/responses",
    "http://localhost:8080/v1/responses, localhost, 8080, /v1/responses",
    "http://[::1]:8080/v1, [::1], 8080, /v1",
    "http://[::1]/v1, [::1], 80, /v1",
    "https://host/v1/models/m:generate?key=k&alt=sse, host, 443, /v1/models/m:generate",
    "https://host?x=/y:1, host, 443, /",
    "https://host/a#b?c, host, 443, /a",
    "http://host, host, 80, /"
  })
  void aUrlIsTakenApart(String url, String host, int port, String path) {
    Target target = Objects.requireNonNull(Target.of(url));

    assertThat(target.host()).isEqualTo(host);
    assertThat(target.port()).isEqualTo(port);
    assertThat(target.path()).isEqualTo(path);
  }

  @Test
  void oneAfterTheOtherIsNotTheSame() {
    for (int port = 1; port <= 3; port++) {
      Target target = Objects.requireNonNull(Target.of("http://host:" + port + "/v1"));
      assertThat(target.port()).isEqualTo(port);
    }
  }

  @Test
  void whatMayHaveAKeyIsNotKept() {
    Target.of("https://host/kept");
    Target kept = Target.of("https://host/kept");

    Target.of("https://host/v1?key=secret");

    assertThat(Target.of("https://host/kept")).isSameAs(kept);
    assertThat(Target.of("https://host/v1?key=secret"))
        .isNotSameAs(Target.of("https://host/v1?key=secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/v1/responses", "ws://host/v1/realtime", "host:443"})
  void whatIsNoneOfHttpLeadsNowhere(String url) {
    assertThat(Target.of(url)).isNull();
  }
}
