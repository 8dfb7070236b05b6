package io.costattr.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNameTest {

  @Test
  void isTheConfiguredOneFirst() {
    assertThat(
            ServiceName.of(
                Entries.config("service", "shop", "otel.service.name", "other"), new Properties()))
        .isEqualTo("shop");
  }

  @Test
  void isOpenTelemetrysNext() {
    assertThat(
            ServiceName.of(
                Entries.config(
                    "otel.service.name", "shop", "otel.resource.attributes", "service.name=other"),
                new Properties()))
        .isEqualTo("shop");
    assertThat(
            ServiceName.of(
                Entries.config("otel.resource.attributes", "a=b, service.name=my%20shop"),
                new Properties()))
        .isEqualTo("my shop");
  }

  @ParameterizedTest
  @CsvSource({
    "/opt/my apps/shop-1.2.jar --key secret, shop-1.2",
    "com.acme.Main --key secret, com.acme.Main",
    "acme.shop/com.acme.Main, com.acme.Main",
    "'', java"
  })
  void isTheProgramsNameElseAndNeverItsArguments(String command, String name) {
    Properties system = new Properties();
    system.put("sun.java.command", command);
    assertThat(ServiceName.of(Entries.config(), system)).isEqualTo(name);
  }
}
