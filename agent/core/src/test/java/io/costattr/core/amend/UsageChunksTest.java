package io.costattr.core.amend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What the server sends when usage was asked for becomes what it sends when it was not. */
class UsageChunksTest {
  private static final String ASKED =
      """
      data: {"id":"c","choices":[{"delta":{"role":"assistant","content":""},"index":0}],"usage":null,"obfuscation":"x"}

      data: {"id":"c","usage":null,"choices":[{"delta":{"content":"say \\"usage\\":null, {"},"index":0}]}

      : a comment about "usage"
      data: {"usage": null, "id":"c","choices":[{"delta":{},"finish_reason":"stop"}]}

      data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","service_tier":"default","system_fingerprint":null,"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11},"obfuscation":"y"}

      data: {"id":"c","choices":[],"moderation":{"flagged":false},"usage":null}

      data: [DONE]

      """;

  private static final String UNASKED =
      """
      data: {"id":"c","choices":[{"delta":{"role":"assistant","content":""},"index":0}],"obfuscation":"x"}

      data: {"id":"c","choices":[{"delta":{"content":"say \\"usage\\":null, {"},"index":0}]}

      : a comment about "usage"
      data: {"id":"c","choices":[{"delta":{},"finish_reason":"stop"}]}

      data: {"id":"c","choices":[],"moderation":{"flagged":false}}

      data: [DONE]

      """;

  @Test
  void whatIsThereForTheAgentOnlyIsTakenOut() {
    assertThat(filtered(ASKED, 1 << 16)).isEqualTo(UNASKED);
  }

  @Test
  void linesMayEndInCarriageReturnAndNewline() {
    assertThat(filtered(ASKED.replace("\n", "\r\n"), 1 << 16))
        .isEqualTo(UNASKED.replace("\n", "\r\n"));
  }

  @Property(tries = 300)
  void howTheBytesComeChangesNothing(@ForAll @IntRange(min = 1, max = 200) int piece) {
    assertThat(filtered(ASKED, piece)).isEqualTo(UNASKED);
  }

  @Test
  void usageOfAChunkWithAnAnswerIsTheServersOwn() {
    String own = "data: {\"choices\":[{\"index\":0}],\"usage\":{\"prompt_tokens\":1}}\n\n";
    assertThat(filtered(own, 7)).isEqualTo(own);
  }

  @Test
  void aStreamThatIsCutLosesNothing() {
    String cut = ASKED.substring(0, 60);
    assertThat(filtered(cut, 11)).isEqualTo(cut);
  }

  @Test
  void whatIsNoChunkIsHandedOn() {
    String other =
        """
        data: {"usage":null
        data: {"usage":null}}
        data: ["usage",null]
        data: {"a":"\\
        data: {"usage" null}
        {"usage":null}

        """;
    assertThat(filtered(other, 5)).isEqualTo(other);
  }

  @Test
  void aLineOfAnyLengthIsHandedOn() {
    String longLine = "data: {\"usage\":null,\"x\":\"" + "y".repeat(3 << 20) + "\"}\n\n";
    assertThat(filtered(longLine, 8192)).isEqualTo(longLine);
  }

  private static String filtered(String stream, int piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BodyFilter filter = new UsageChunks();
    byte[] bytes = stream.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += piece) {
      filter.accept(bytes, at, Math.min(piece, bytes.length - at), out::write);
    }
    filter.end(out::write);
    return out.toString(UTF_8);
  }
}
