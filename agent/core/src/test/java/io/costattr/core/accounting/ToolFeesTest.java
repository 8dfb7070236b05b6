package io.costattr.core.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.dialect.Anomaly;
import io.costattr.core.dialect.Routes;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import io.costattr.core.usage.Meter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is billed besides the tokens of the model that was called. */
class ToolFeesTest {
  private static final String RESPONSES = "/v1/responses";
  private static final String ASKED =
      "{'model':'gpt-5.5','input':'Hi','tools':[{'type':'code_interpreter',"
          + "'container':{'type':'auto'}}]}";

  private final Settled settled = new Settled(null);

  @BeforeEach
  void start() {
    Exchanges.start(new Routes(Map.of()), over -> {}, Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @Test
  void aContainerIsBilledOnceHoweverManyResponsesUseIt() {
    CostEvent first = settled.call(RESPONSES, ASKED, ran("gpt-5.5", code("cntr_1")));
    CostEvent second = settled.call(RESPONSES, ASKED, ran("gpt-5.5", code("cntr_1")));
    CostEvent third =
        settled.call(RESPONSES, ASKED, ran("gpt-5.5", code("cntr_1") + "," + code("cntr_2")));

    // 1000 x 5 and 100 x 30 per million, and 0.03 for a container.
    assertThat(first.cost().usd()).isEqualByComparingTo("0.038");
    assertThat(second.cost().usd()).isEqualByComparingTo("0.008");
    assertThat(third.cost().usd()).isEqualByComparingTo("0.038");
  }

  @Test
  void aContainerThatWasMadeIsBilledThenAndNotWhenItIsUsed() {
    CostEvent made =
        settled.call(
            "/v1/containers",
            "{'name':'box'}",
            "{'id':'cntr_9','object':'container','memory_limit':'4g'}");
    CostEvent used = settled.call(RESPONSES, ASKED, ran("gpt-5.5", code("cntr_9")));

    assertThat(made.cost().usd()).isEqualByComparingTo("0.12");
    assertThat(made.cost().basis()).isEqualTo(Basis.REPORTED);
    assertThat(used.cost().usd()).isEqualByComparingTo("0.008");
  }

  @Test
  void aContainerOfNoKnownSizeIsUnpriced() {
    CostEvent made =
        settled.call(
            "/v1/containers",
            "{'name':'box'}",
            "{'id':'cntr_8','object':'container','memory_limit':'3t'}");

    assertThat(made.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(made.cost().picoUsd()).isNull();
  }

  @Test
  void searchesAreBilledByTheKindOfSearchAndTheModel() {
    String search = "{'type':'web_search_call','status':'completed','action':{'type':'search'}}";
    String three = search + "," + search + "," + search;

    assertThat(
            settled
                .call(
                    RESPONSES,
                    "{'model':'gpt-5.5','input':'Hi'}",
                    "{'model':'gpt-5.5','status':'completed','output':["
                        + three
                        + "],'usage':{'input_tokens':2000,'output_tokens':300}}")
                .cost()
                .usd())
        .isEqualByComparingTo("0.049");
    // 1000 x 0.4, 100 x 1.6 and 8000 x 0.4 per million, and 10 per thousand.
    assertThat(settled.call(RESPONSES, ASKED, ran("gpt-4.1-mini", search)).cost().usd())
        .isEqualByComparingTo("0.01376");
    assertThat(
            settled
                .call(
                    RESPONSES,
                    "{'model':'gpt-4.1-mini','input':'Hi','tools':[{'type':'web_search_preview'}]}",
                    ran("gpt-4.1-mini", search))
                .cost()
                .usd())
        .isEqualByComparingTo("0.02556");
  }

  @Test
  void aContainerThatNeverRanHindersNoOtherFee() {
    CostEvent event =
        settled.call(
            RESPONSES,
            "{'model':'gpt-5.5','input':'Hi','tools':[{'type':'web_search'},"
                + "{'type':'code_interpreter','container':{'type':'auto','memory_limit':'3t'}}]}",
            ran("gpt-5.5", "{'type':'web_search_call','status':'completed'}"));

    assertThat(event.cost().usd()).isEqualByComparingTo("0.018");
  }

  @Test
  void codeThatRanInAContainerOfNoKnownSizeMakesTheWholeUnpriced() {
    CostEvent event =
        settled.call(
            RESPONSES,
            "{'model':'gpt-5.5','input':'Hi','tools':["
                + "{'type':'code_interpreter','container':{'type':'auto','memory_limit':'3t'}}]}",
            ran("gpt-5.5", code("cntr_7")));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(event.cost().picoUsd()).isNull();
    assertThat(event.anomaly()).isEqualTo(Anomaly.UNPRICEABLE_PART);
  }

  @Test
  void picturesWithinAResponseAreBilledByTheirOwnModel() {
    CostEvent event =
        settled.call(
            RESPONSES,
            "{'model':'gpt-5.5','input':'Hi','tools':[{'type':'image_generation',"
                + "'model':'gpt-image-1'}]}",
            "{'model':'gpt-5.5','status':'completed','output':[],'tool_usage':{'image_gen':{"
                + "'input_tokens':20,'input_tokens_details':{'text_tokens':20,'image_tokens':0},"
                + "'output_tokens':1000,'total_tokens':1020}},'usage':{'input_tokens':1000,"
                + "'output_tokens':100}}");

    // 0.008 of gpt-5.5; 20 x 5 and 1000 x 40 per million of gpt-image-1.
    assertThat(event.cost().usd()).isEqualByComparingTo("0.0481");
    assertThat(event.cost().lines())
        .extracting(line -> line.meter())
        .containsExactly(Meter.INPUT, Meter.OUTPUT, Meter.INPUT, Meter.IMAGE_OUTPUT);
    assertThat(event.usage().quantity(Meter.IMAGE_OUTPUT)).isZero();
  }

  @Test
  void aPictureOfAModelThatNothingTellsMakesTheWholeUnpriced() {
    CostEvent event =
        settled.call(
            RESPONSES,
            "{'model':'gpt-5.5','input':'Hi','tools':[{'type':'image_generation'}]}",
            ran("gpt-5.5", "{'type':'image_generation_call','status':'completed','result':'AA'}"));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(event.cost().picoUsd()).isNull();
  }

  private static String code(String container) {
    return "{'type':'code_interpreter_call','status':'completed','container_id':'"
        + container
        + "'}";
  }

  private static String ran(String model, String items) {
    return "{'model':'"
        + model
        + "','status':'completed','output':["
        + items
        + "],'usage':{'input_tokens':1000,'output_tokens':100}}";
  }
}
