/**
 * The agent's logic without bytecode and without OpenTelemetry. The sub-packages are the stations
 * of one attempt: exchange, dialect, usage, price, ledger.
 */
@NullMarked
package io.costattr.core;

import org.jspecify.annotations.NullMarked;
