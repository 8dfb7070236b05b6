package io.costattr.core.accounting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.LineTags;
import io.costattr.core.batch.BatchEntry;
import io.costattr.core.batch.Batches;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.dialect.BatchJob;
import io.costattr.core.dialect.Routes;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import io.costattr.core.usage.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of a batch job's results costs, by the endpoint that answered it. */
class BatchLineCostTest {
  private static final String PRICES =
      """
      # version: test-1
      provider,model,aliases,tier,context,long_context_over,meter,usd,per,regional_uplift,effective_from
      openai,acme,,batch,short,,input,1,1000000,,2020-01-01
      openai,acme,,batch,short,,output,2,1000000,,2020-01-01
      openai,pixels,,batch,short,,input,1,1000000,,2020-01-01
      openai,pixels,,batch,short,,image_output,10,1000000,,2020-01-01
      """;

  private static final String PICTURE =
      "'created':1795000000,'data':[{'b64_json':'AA=='}],"
          + "'usage':{'input_tokens':1000,'output_tokens':1000,'total_tokens':2000,"
          + "'input_tokens_details':{'text_tokens':1000,'image_tokens':0}}";

  private final List<BatchEntry> entries = new ArrayList<>();
  private final Batches batches = new Batches(LineTags.OWN_NAMES, 1_000_000);

  @TempDir Path directory;

  @BeforeEach
  void start() {
    Exchanges.start(
        new Routes(Map.of()),
        new Exchanges.Takers(over -> {}, batches, entries::add),
        Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'id':'x','object':'chat.completion','model':'acme','choices':[],'usage':"
            + "{'prompt_tokens':1000,'completion_tokens':1000,'total_tokens':2000} | 0.003",
        "'id':'x','object':'text_completion','model':'acme','choices':[],'usage':"
            + "{'prompt_tokens':1000,'completion_tokens':1000,'total_tokens':2000} | 0.003",
        "'id':'x','object':'response','status':'completed','model':'acme','output':[],'usage':"
            + "{'input_tokens':1000,'output_tokens':1000,'total_tokens':2000} | 0.003",
        "'object':'list','model':'acme','data':[{'object':'embedding','embedding':[0.1]}],'usage':"
            + "{'prompt_tokens':1000,'total_tokens':1000} | 0.001",
      })
  void isThatOfItsTokensAtTheRatesOfBatches(String body, String usd) throws IOException {
    CostEvent event = settle(body);

    assertThat(event.cost().usd()).isEqualByComparingTo(usd);
    assertThat(event.cost().basis()).isEqualTo(Basis.REPORTED);
    assertThat(event.anomaly()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"omni-moderation-latest", "text-moderation-007"})
  void isNothingForModerationAsInACallOfItsOwn(String model) throws IOException {
    CostEvent event = settle("'id':'modr-1','model':'" + model + "','results':[{'flagged':false}]");

    assertThat(event.cost().usd()).isZero();
    assertThat(event.cost().basis()).isEqualTo(Basis.NONE);
    assertThat(event.model()).isEqualTo(model);
    assertThat(event.attempt().servedTier()).isEqualTo("batch");
  }

  @Test
  void isUnknownForModerationByAnotherModelThatDoesNotSayWhatItRead() throws IOException {
    CostEvent event = settle("'id':'modr-1','model':'acme','results':[{'flagged':false}]");

    assertThat(event.cost().picoUsd()).isNull();
    assertThat(event.cost().basis()).isEqualTo(Basis.UNKNOWN);
  }

  @Test
  void isThatOfAPicturesTokensWhereTheUploadHasNamedTheModel() throws IOException {
    upload("{'custom_id':'line','url':'/v1/images/generations','body':{'model':'pixels'}}");

    CostEvent event = settle(PICTURE);

    assertThat(event.cost().usd()).isEqualByComparingTo("0.011");
    assertThat(event.attempt().requestModel()).isEqualTo("pixels");
    assertThat(Objects.requireNonNull(event.usage()).quantity(Meter.IMAGE_OUTPUT)).isEqualTo(1000);
  }

  @Test
  void isNotKnownOfAPictureByAModelThatNothingNames() throws IOException {
    CostEvent event = settle(PICTURE);

    assertThat(event.cost().picoUsd()).isNull();
    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(Objects.requireNonNull(event.usage()).quantity(Meter.IMAGE_OUTPUT)).isEqualTo(1000);
  }

  @Test
  void isNotKnownOfAPictureWithoutTokensWhoseSizeNoAnswerTells() throws IOException {
    CostEvent event = settle("'created':1795000000,'data':[{'url':'https://x'}]");

    assertThat(event.cost().picoUsd()).isNull();
    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(Objects.requireNonNull(event.usage()).quantity(Meter.IMAGE_1024)).isEqualTo(1);
  }

  private void upload(String line) {
    Exchange exchange = open("POST", "/v1/files");
    show(
        exchange.requestBody(null),
        "--b\r\nContent-Disposition: form-data; name='purpose'\r\n\r\nbatch\r\n"
            + "--b\r\nContent-Disposition: form-data; name='file'; filename='f'\r\n\r\n"
            + line
            + "\r\n--b--\r\n");
    show(exchange.response(200, name -> null), "{'id':'in','object':'file'}");
    batches.note(new BatchJob("batch-1", "in", "out", null), true, Attribution.NONE);
  }

  private CostEvent settle(String body) throws IOException {
    Exchange exchange = open("GET", "/v1/files/out/content");
    show(
        exchange.response(200, name -> null),
        "{'id':'batch_req_1','custom_id':'line','response':{'status_code':200,'request_id':'r',"
            + "'body':{"
            + body
            + "}},'error':null}\n");
    Path prices = Files.writeString(directory.resolve("prices.csv"), PRICES);
    Config config = ConfigReader.read("prices.file=" + prices, new Properties(), Map.of());
    return new Accountant(config, Defaults.of(config)).settle(entries.get(0));
  }

  private static Exchange open(String method, String path) {
    return Objects.requireNonNull(
        Exchanges.open("test", method, "api.openai.com", 443, path, null));
  }

  private static void show(ObservedBody body, String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(UTF_8);
    body.accept(bytes, 0, bytes.length);
    body.ended();
  }
}
