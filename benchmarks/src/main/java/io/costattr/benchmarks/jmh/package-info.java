/** What is small enough for JMH: scanners, the look-up of a host, the ledger's queue, pricing. */
@NullMarked
package io.costattr.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
