/**
 * The money of record: one entry per attempt, from the application's thread through a bounded queue
 * to the sinks.
 */
@NullMarked
package io.costattr.core.ledger;

import org.jspecify.annotations.NullMarked;
