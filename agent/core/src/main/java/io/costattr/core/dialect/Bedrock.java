package io.costattr.core.dialect;

import java.util.List;

/**
 * Amazon Bedrock where it speaks OpenAI's dialect or Anthropic's. (Its own, Converse and
 * InvokeModel, is another one, which is not read.)
 */
final class Bedrock implements Accent {

  static Provider provider() {
    Accent accent = new Bedrock();
    return new Provider(
        "aws.bedrock",
        List.of(
            "bedrock-runtime.*.amazonaws.com",
            "bedrock-runtime-fips.*.amazonaws.com",
            "bedrock-mantle.*.api.aws"),
        List.of(new OpenAiDialect(accent), new AnthropicDialect(accent)));
  }
}
