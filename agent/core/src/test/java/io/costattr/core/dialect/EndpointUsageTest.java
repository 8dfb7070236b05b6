package io.costattr.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each endpoint's own way to say what was used. */
class EndpointUsageTest {

  @Test
  void aChatCompletionSaysPromptAndCompletion() {
    Usage usage =
        usage(
            Endpoint.CHAT,
            "{'id':'chatcmpl-1','object':'chat.completion','model':'gpt-5.5-2026-04-23',"
                + "'choices':[{'index':0,'message':{'role':'assistant','content':'Hi'}}],"
                + "'usage':{'prompt_tokens':40,'completion_tokens':9,'total_tokens':49,"
                + "'prompt_tokens_details':{'cached_tokens':30,'audio_tokens':0},"
                + "'completion_tokens_details':{'reasoning_tokens':4,'audio_tokens':0,"
                + "'accepted_prediction_tokens':2,'rejected_prediction_tokens':1}}}");

    assertThat(usage.quantity(Meter.INPUT)).isEqualTo(10);
    assertThat(usage.quantity(Meter.CACHED_INPUT)).isEqualTo(30);
    assertThat(usage.quantity(Meter.OUTPUT)).isEqualTo(9);
    assertThat(usage.reported().promptTokens()).isEqualTo(40);
    assertThat(usage.reported().completionTokens()).isEqualTo(9);
    assertThat(usage.reported().reasoningTokens()).isEqualTo(4);
  }

  @Test
  void aResponseSaysInputAndOutput() {
    Usage usage =
        usage(
            Endpoint.RESPONSES,
            "{'id':'resp_1','object':'response','status':'completed','error':null,"
                + "'output':[{'type':'message','content':[{'type':'output_text','text':'Hi'}]}],"
                + "'usage':{'input_tokens':40,'input_tokens_details':{'cached_tokens':8,"
                + "'cache_write_tokens':12},'output_tokens':9,"
                + "'output_tokens_details':{'reasoning_tokens':4},'total_tokens':49}}");

    assertThat(usage.quantity(Meter.INPUT)).isEqualTo(20);
    assertThat(usage.quantity(Meter.CACHED_INPUT)).isEqualTo(8);
    assertThat(usage.quantity(Meter.CACHE_WRITE)).isEqualTo(12);
    assertThat(usage.quantity(Meter.OUTPUT)).isEqualTo(9);
    assertThat(usage.reported().cacheWriteTokens()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({"response.completed", "response.incomplete", "response.failed"})
  void aStreamOfResponseEventsSaysItWithItsLast(String last) {
    Reading response =
        Spoken.response(
            json("{'type':'response.created','response':{'id':'resp_1','usage':null}}"),
            json("{'type':'response.output_text.delta','delta':'Hi'}"),
            json(
                "{'type':'"
                    + last
                    + "','response':{'id':'resp_1','model':'gpt-5.5','usage':"
                    + "{'input_tokens':40,'output_tokens':9,'total_tokens':49}}}"));

    Usage usage = usage(Endpoint.RESPONSES, response);

    assertThat(usage.inputTokens()).isEqualTo(40);
    assertThat(usage.outputTokens()).isEqualTo(9);
    assertThat(Spoken.DIALECT.isTerminal(response)).isTrue();
  }

  @Test
  void aLegacyCompletionSaysItAsAChatDoes() {
    Usage usage =
        usage(
            Endpoint.COMPLETIONS,
            "{'object':'text_completion','choices':[{'text':'Hi','logprobs':null}],"
                + "'usage':{'prompt_tokens':5,'completion_tokens':7,'total_tokens':12}}");

    assertThat(usage.inputTokens()).isEqualTo(5);
    assertThat(usage.outputTokens()).isEqualTo(7);
  }

  @Test
  void anEmbeddingSaysOnlyWhatItRead() {
    Usage usage =
        usage(
            Endpoint.EMBEDDINGS,
            "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.1,-2e-3]}],"
                + "'model':'text-embedding-3-small','usage':{'prompt_tokens':8,'total_tokens':8}}");

    assertThat(usage.quantity(Meter.INPUT)).isEqualTo(8);
    assertThat(usage.outputTokens()).isZero();
    assertThat(usage.reported().completionTokens()).isNull();
  }

  @Test
  void onlyAnEmbeddingMayLeaveOutWhatWasGenerated() {
    Reading response = Spoken.response(json("{'usage':{'prompt_tokens':8}}"));

    assertThat(said(Endpoint.EMBEDDINGS, response).usage()).isNotNull();
    assertThat(said(Endpoint.CHAT, response).usage()).isNull();
    assertThat(said(Endpoint.RESPONSES, response).usage()).isNull();
    assertThat(said(Endpoint.COMPLETIONS, response).usage()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "in_progress, response.created, false, false",
    "in_progress, response.created, true, true",
    "queued, response.queued, true, true",
    "completed, response.completed, true, false"
  })
  void aStreamIsAnsweredElsewhereOnlyWhenItRunsInTheBackground(
      String status, String event, boolean background, boolean pending) {
    Reading request =
        Spoken.request(json("{'model':'m','stream':true,'background':" + background + "}"));
    Reading response =
        Spoken.response(json("{'type':'" + event + "','response':{'status':'" + status + "'}}"));

    assertThat(
            Spoken.DIALECT
                .transcript(Spoken.route(Endpoint.RESPONSES), request, response)
                .pending())
        .isEqualTo(pending);
  }

  @Test
  void whatSpeaksOfUsageElsewhereIsNoUsage() {
    Reading response =
        Spoken.response(
            json(
                "{'choices':[{'message':{'content':'x','usage':{'prompt_tokens':9,"
                    + "'completion_tokens':9}}}],'metadata':{'usage':{'prompt_tokens':9,"
                    + "'completion_tokens':9}},'prompt_tokens':9,'completion_tokens':9}"));

    assertThat(said(Endpoint.CHAT, response).usage()).isNull();
  }

  private static Usage usage(Endpoint endpoint, String document) {
    return usage(endpoint, Spoken.response(json(document)));
  }

  private static Usage usage(Endpoint endpoint, Reading response) {
    assertThat(Spoken.DIALECT.reportsUsage(Spoken.route(endpoint), response)).isTrue();
    return Objects.requireNonNull(said(endpoint, response).usage());
  }

  private static Transcript said(Endpoint endpoint, Reading response) {
    return Spoken.DIALECT.transcript(Spoken.route(endpoint), new Reading(), response);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
