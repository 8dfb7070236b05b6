/** Programs that are measured, and the servers they talk to. Run by {@code benchmarks/run}. */
@NullMarked
package io.costattr.benchmarks;

import org.jspecify.annotations.NullMarked;
