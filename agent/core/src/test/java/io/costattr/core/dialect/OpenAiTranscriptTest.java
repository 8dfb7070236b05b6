package io.costattr.core.dialect;

import static io.costattr.core.dialect.Spoken.answer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiTranscriptTest {

  @Test
  void aRequestSaysWhatIsAskedFor() {
    Transcript said =
        Spoken.DIALECT.transcript(
            Spoken.CHAT,
            Spoken.request(
                "{\"model\":\"gpt-5.5\", \"stream\" : true,\"service_tier\":\"flex\","
                    + "\"reasoning\":{\"effort\":\"high\"},\"prompt_cache_key\":\"k\"}"),
            new Reading());

    assertThat(said.requestModel()).isEqualTo("gpt-5.5");
    assertThat(said.streamRequested()).isTrue();
    assertThat(said.requestedTier()).isEqualTo("flex");
    assertThat(said.reasoningEffort()).isEqualTo("high");
    assertThat(said.promptCacheKey()).isEqualTo("k");
  }

  @Test
  void withoutAModelInTheBodyItIsThePaths() {
    Route azure =
        new Route(Spoken.DIALECT, "azure.ai.openai", Endpoint.CHAT, true, "my-deployment");

    assertThat(
            Spoken.DIALECT
                .transcript(azure, Spoken.request("{\"messages\":[]}"), new Reading())
                .requestModel())
        .isEqualTo("my-deployment");
  }

  @Test
  void azuresEmptyFirstChunkSaysNothing() {
    Transcript said =
        answer(
            "{\"id\":\"chatcmpl-1\",\"model\":\"gpt-4o\"}",
            "{\"id\":\"\",\"model\":\"\",\"choices\":[]}");

    assertThat(said.responseModel()).isEqualTo("gpt-4o");
    assertThat(said.responseId()).isEqualTo("chatcmpl-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'code':'rate_limit_exceeded','type':'requests'}} | rate_limit_exceeded",
        "{'error':{'code':null,'type':'server_error'}}              | server_error",
        "{'error':{'code':429}}                                     | 429",
        "{'error':'no such model'}                                  | error",
        "{'type':'error','code':'server_error'}                     | server_error",
        "{'response':{'status':'failed','error':{'code':'x'}}}      | x"
      })
  void anErrorHasACode(String document, String code) {
    assertThat(answer(document.replace('\'', '"')).errorCode()).isEqualTo(code);
  }

  @Test
  void aNullErrorIsNone() {
    assertThat(answer("{\"error\":null,\"status\":\"completed\"}").errorCode()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"queued", "in_progress"})
  void workThatGoesOnIsPending(String status) {
    assertThat(answer("{\"status\":\"" + status + "\"}").pending()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "response.completed, true",
    "response.incomplete, true",
    "response.failed, true",
    "error, true",
    "response.output_text.delta, false"
  })
  void theTerminalEventIsKnown(String type, boolean terminal) {
    assertThat(Spoken.DIALECT.isTerminal(Spoken.response("{\"type\":\"" + type + "\"}")))
        .isEqualTo(terminal);
  }

  @Test
  void anErrorWithinAStreamOfChunksIsItsEnd() {
    assertThat(Spoken.DIALECT.isTerminal(Spoken.response("{\"error\":{\"message\":\"x\"}}")))
        .isTrue();
  }

  @Test
  void atAnUnknownHostBothSidesMustLookLikeAModelCall() {
    Reading asked = Spoken.request("{\"model\":\"m\",\"messages\":[]}");
    Reading other = Spoken.request("{\"text\":\"hello\"}");
    Reading answered = Spoken.response("{\"choices\":[]}");
    Reading ok = Spoken.response("{\"ok\":true}");

    assertThat(Spoken.DIALECT.isModelCall(asked, answered, true)).isTrue();
    assertThat(Spoken.DIALECT.isModelCall(asked, ok, true)).isFalse();
    assertThat(Spoken.DIALECT.isModelCall(asked, ok, false)).isTrue();
    assertThat(Spoken.DIALECT.isModelCall(other, answered, true)).isFalse();
  }

  @Test
  void whatComesBehindTheEndIsNotTaken() {
    Reading response = new Reading();
    response.string(Field.RESPONSE_MODEL.id(), "first");

    response.seal();
    response.string(Field.RESPONSE_MODEL.id(), "second");
    response.present(Field.USAGE.id());
    response.number(Field.PROMPT_TOKENS.id(), 7);
    response.text(Field.ANSWER_TEXT.id(), new byte[] {'x'}, 0, 1);

    assertThat(response.string(Field.RESPONSE_MODEL)).isEqualTo("first");
    assertThat(response.has(Field.USAGE)).isFalse();
    assertThat(response.text().bytesSeen()).isZero();
  }
}
