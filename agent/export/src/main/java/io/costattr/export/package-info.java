/**
 * Where ledger entries go: the sinks that the configuration asks for, and the names that the world
 * sees. Every name stands in {@code telemetry.yaml}; a test holds the constants here against it.
 */
@NullMarked
package io.costattr.export;

import org.jspecify.annotations.NullMarked;
