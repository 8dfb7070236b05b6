/** Stores of budgets on a network, against real servers on loopback. */
@NullMarked
package io.costattr.stores;

import org.jspecify.annotations.NullMarked;
