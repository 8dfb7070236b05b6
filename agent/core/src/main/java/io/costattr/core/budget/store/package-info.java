/** Which store of budgets the configuration names. */
@NullMarked
package io.costattr.core.budget.store;

import org.jspecify.annotations.NullMarked;
