package io.costattr.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.scan.JsonScanner;
import io.costattr.core.usage.Meter;
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
    "POST, api.openai.com, /v1/files, BATCH_INPUT,",
    "POST, acme.openai.azure.com, /openai/files, BATCH_INPUT,",
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
    "POST, api.openai.com, /v1/containers/c/files",
    "POST, api.openai.com, /v1/vector_stores/v/files",
    "POST, shop.example.com, /v1/files",
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
    assertThat(dialect.result(route, line, null)).isNull();
    assertThat(dialect.result(route, new Reading(), null)).isNull();
  }

  @Test
  void toolsThatRanForALineAreFeesOfIt() {
    Route route = routes.find("GET", "api.openai.com", 443, "/v1/files/f/content");
    BatchDialect dialect = (BatchDialect) route.dialect();
    Reading line = new Reading();
    byte[] json =
        ("{\"id\":\"batch_req_1\",\"custom_id\":\"a\",\"error\":null,\"response\":{\"status_code\":200,"
                + "\"body\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\","
                + "\"model\":\"gpt-5.5\",\"output\":[{\"type\":\"web_search_call\","
                + "\"status\":\"completed\",\"action\":{\"type\":\"search\"}}],"
                + "\"usage\":{\"input_tokens\":10,\"output_tokens\":2,\"total_tokens\":12}}}}")
            .getBytes(UTF_8);
    JsonScanner scanner = new JsonScanner(dialect.resultShape(), line);
    scanner.accept(json, 0, json.length);

    Transcript said = dialect.result(route, line, null).said();
    assertThat(said.usage().quantity(Meter.INPUT)).isEqualTo(10);
    assertThat(said.besides().fees().quantity(Meter.WEB_SEARCH_CALL)).isEqualTo(1);
    assertThat(said.servedTier()).isEqualTo("batch");
  }
}
