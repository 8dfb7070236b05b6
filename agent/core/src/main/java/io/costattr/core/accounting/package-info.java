/**
 * Turns an exchange that is over into a ledger entry: who pays, what was used, what it cost. Runs
 * on the ledger's thread; knows every station before it and no sink.
 */
@NullMarked
package io.costattr.core.accounting;

import org.jspecify.annotations.NullMarked;
