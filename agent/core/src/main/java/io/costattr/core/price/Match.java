package io.costattr.core.price;

import org.jspecify.annotations.Nullable;

/**
 * A model found by a name.
 *
 * @param rates its rates
 * @param provider whose rates they are
 * @param kind how the name led to it
 */
record Match(ModelRates rates, ProviderRates provider, Kind kind) {

  /** How a name led to a model. */
  enum Kind {
    NAME(""),
    ALIAS("_alias"),
    FAMILY("_family");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  /** Which name of a call was looked up, in the order in which they are. */
  enum Origin {
    RESPONSE("response_model"),
    DEPLOYMENT("deployment_model"),
    REQUEST("request_model");

    static final Origin[] ALL = values();

    private final String text;

    Origin(String text) {
      this.text = text;
    }

    /** The name that a call has of this kind, or null. */
    @Nullable String name(PriceQuery query) {
      return switch (this) {
        case RESPONSE -> query.responseModel();
        case DEPLOYMENT -> query.deploymentModel();
        case REQUEST -> query.requestModel();
      };
    }
  }

  private static final int KINDS = Kind.values().length;

  /** Made beforehand: pricing makes no text. */
  private static final String[] RULES = rules();

  /**
   * How the rates were found, as events say it.
   *
   * @param byOpenAiName whether OpenAI's rows stand in for the provider's
   * @param regional whether a regional uplift applied
   */
  String rule(Origin origin, boolean byOpenAiName, boolean regional) {
    return RULES[index(origin, kind, byOpenAiName, regional)];
  }

  private static int index(Origin origin, Kind kind, boolean byOpenAiName, boolean regional) {
    return (origin.ordinal() * KINDS + kind.ordinal()) * 4
        + (byOpenAiName ? 2 : 0)
        + (regional ? 1 : 0);
  }

  private static String[] rules() {
    String[] rules = new String[Origin.ALL.length * KINDS * 4];
    for (Origin origin : Origin.ALL) {
      for (Kind kind : Kind.values()) {
        String plain = origin.text + kind.suffix;
        rules[index(origin, kind, false, false)] = plain;
        rules[index(origin, kind, false, true)] = plain + "+regional";
        rules[index(origin, kind, true, false)] = "openai_model_name:" + plain;
        rules[index(origin, kind, true, true)] = "openai_model_name:" + plain + "+regional";
      }
    }
    return rules;
  }
}
