/**
 * Caps on what calls may use, held before a call leaves: what is about to be sent is reserved, what
 * was billed is settled. Knows neither HTTP clients nor what an exchange is; stores on a network
 * are behind {@link BudgetStore}.
 */
@NullMarked
package io.costattr.core.budget;

import org.jspecify.annotations.NullMarked;
