/**
 * Entries as OpenTelemetry spans, metrics and log events over OTLP, through an SDK of the agent's
 * own that is never made global. OpenTelemetry is used nowhere else in the agent.
 */
@NullMarked
package io.costattr.export.otel;

import org.jspecify.annotations.NullMarked;
