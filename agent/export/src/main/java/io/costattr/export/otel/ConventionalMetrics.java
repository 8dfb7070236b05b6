package io.costattr.export.otel;

import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;

/** The metrics of OpenTelemetry's GenAI conventions, in one of their two generations. */
sealed interface ConventionalMetrics permits DeployedConventions, LatestConventions {

  /** Records an entry; {@code context} holds its span, for exemplars. */
  void record(CostEvent event, Context context);

  /** The attributes that all of them have. */
  static Attributes common(Attempt attempt) {
    AttributesBuilder to = Attributes.builder();
    to.put(EventAttributes.OPERATION_NAME, EventAttributes.operation(attempt));
    to.put(EventAttributes.PROVIDER_NAME, attempt.provider());
    to.put(EventAttributes.SERVER_ADDRESS, attempt.serverAddress());
    to.put(EventAttributes.SERVER_PORT, attempt.serverPort());
    if (attempt.requestModel() != null) {
      to.put(EventAttributes.REQUEST_MODEL, attempt.requestModel());
    }
    if (attempt.responseModel() != null) {
      to.put(EventAttributes.RESPONSE_MODEL, attempt.responseModel());
    }
    return to.build();
  }
}
