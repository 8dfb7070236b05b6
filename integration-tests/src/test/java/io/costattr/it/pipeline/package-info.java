/**
 * From the agent to the tables and the alerts, through the real programs that an operator runs: the
 * OpenTelemetry Collector, ClickHouse's engine, Prometheus, Alertmanager, with the configurations
 * of {@code collector-config}. {@code collector-config/tools} makes the programs; where one is
 * missing its tests are skipped, with {@code CI=true} they fail.
 */
package io.costattr.it.pipeline;
