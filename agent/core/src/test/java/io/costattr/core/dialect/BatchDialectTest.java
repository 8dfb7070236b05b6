package io.costattr.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchDialectTest {
  private final Routes routes = new Routes(Map.of("gateway", "openai"));

  @ParameterizedTest
  @CsvSource({
    "POST, api.openai.com, /v1/batches, BATCH,",
    "GET, api.openai.com, /v1/batches/batch_1, BATCH,",
    "GET, api.openai.com, /v1/batches/batch_1/, BATCH,",
    "GET, api.openai.com, /v1/files/file-1/content, BATCH_RESULTS, file-1",
    "GET, acme.openai.azure.com, /openai/files/file-2/content, BATCH_RESULTS, file-2",
    "POST, acme.openai.azure.com, /openai/v1/batches, BATCH,",
    "GET, gateway, /v1/batches/batch_1, BATCH,",
  })
  void concernsABatchJob(String method, String host, String path, String endpoint, String file) {
    Route route = routes.find(method, host, 443, path);
    assertThat(route).isNotNull();
    assertThat(route.endpoint().name()).isEqualTo(endpoint);
    assertThat(route.endpoint().id()).isEqualTo("batch");
    assertThat(route.pathModel()).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, api.openai.com, /v1/batches",
    "POST, api.openai.com, /v1/batches/batch_1/cancel",
    "GET, api.openai.com, /v1/files/file-1",
    "POST, api.openai.com, /v1/files",
    "DELETE, api.openai.com, /v1/files/file-1/content",
    "GET, api.openai.com, /content",
    "GET, api.openai.com, /",
    "GET, shop.example.com, /v1/batches/batch_1",
    "GET, shop.example.com, /v1/files/file-1/content",
  })
  void concernsNone(String method, String host, String path) {
    assertThat(routes.find(method, host, 443, path)).isNull();
  }

  @Test
  void aFileOfAnotherKindHasNoResults() {
    Route route = routes.find("GET", "api.openai.com", 443, "/v1/files/f/content");
    BatchDialect dialect = (BatchDialect) route.dialect();
    Reading line = new Reading();
    line.string(Field.CUSTOM_ID.id(), "of something else");
    assertThat(dialect.result(route, line)).isNull();
    assertThat(dialect.result(route, new Reading())).isNull();
  }
}
