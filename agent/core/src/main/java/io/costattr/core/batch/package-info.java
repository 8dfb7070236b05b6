/**
 * Batch jobs: whose they are, from the call that makes one to the download of its results, and the
 * ledger entry of each line. Knows no HTTP client and no sink.
 */
@NullMarked
package io.costattr.core.batch;

import org.jspecify.annotations.NullMarked;
