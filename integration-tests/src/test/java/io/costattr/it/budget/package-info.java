/** Budgets in real JVMs: what is blocked, what is counted, and what survives. */
@NullMarked
package io.costattr.it.budget;

import org.jspecify.annotations.NullMarked;
