package io.costattr.core.dialect;

import static io.costattr.core.dialect.Spoken.answer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in shapes that no specification has. */
class OddErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'message':'Too many','code':429,'metadata':{'raw':'x'}}}     | 429",
        "{'error':{'message':'Bad','type':'invalid_request_error','code':''}}   | invalid_request_error",
        "{'error':{'code':-1}}                                                  | -1",
        "{'error':{'code':{'inner':'x'},'type':'t'}}                            | t",
        "{'error':{'code':['a','b'],'type':'t'}}                                | t",
        "{'error':{'code':null,'type':null,'message':'m'}}                      | error",
        "{'error':{}}                                                           | error",
        "{'error':[]}                                                           | error",
        "{'error':'unauthorized'}                                               | error",
        "{'error':true}                                                         | error",
        "{'error':503}                                                          | error",
        "{'error':{'error':{'code':'nested'}}}                                  | error",
        "{'type':'error','message':'no code at all'}                            | error",
        "{'type':'error','error':{'type':'overloaded_error','message':'m'}}     | overloaded_error",
        "{'type':'error','code':null,'message':'m'}                             | error",
        "{'status':'failed','error':null}                                       | error",
        "{'response':{'status':'failed','error':{'code':'server_error'}}}       | server_error",
        "{'error':{'code':'cut                                                  | error",
        "{'error':{'type':'server_error','code                                  | server_error"
      })
  void itHasACodeAndNeverItsMessage(String document, String code) {
    Transcript said = answer(document.replace('\'', '"'));

    assertThat(said.errorCode()).isEqualTo(code);
    assertThat(said.usage()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"error\"",
        "500",
        "<html><body>502 Bad Gateway</body></html>",
        "upstream connect error or disconnect/reset before headers",
        "{\"detail\":\"Not Found\"}",
        "{\"message\":\"no Route matched with those values\"}",
        "{\"errors\":[{\"code\":\"x\"}]}",
        "[{\"error\":{\"code\":\"x\"}}]",
        "{\"error\":null}",
        "{\"choices\":[{\"error\":{\"code\":\"x\"}}]}"
      })
  void whatSaysNoErrorAtItsTopHasNone(String document) {
    Transcript said = answer(document);

    assertThat(said.errorCode()).isNull();
    assertThat(said.usage()).isNull();
    assertThat(said.responseModel()).isNull();
  }

  @Test
  void aCodeThatIsAStoryIsNotTold() {
    String story = "the prompt was: " + "secret ".repeat(200);

    assertThat(answer("{\"error\":{\"code\":\"" + story + "\"}}").errorCode()).isEqualTo("error");
  }

  @Test
  void anErrorDoesNotUndoAUsageThatWasReported() {
    Transcript said =
        answer(
            "{\"id\":\"c\",\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":5}}",
            "{\"error\":{\"code\":\"moderation\"}}");

    assertThat(said.errorCode()).isEqualTo("moderation");
    assertThat(said.usage()).isNotNull();
  }
}
