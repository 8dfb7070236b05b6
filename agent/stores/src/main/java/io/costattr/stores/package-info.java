/**
 * Budgets' stores on a network: what JVMs on many machines have spent comes together in Redis or
 * PostgreSQL. The clients of both are loaded when a configuration names such a store, and not
 * before.
 */
@NullMarked
package io.costattr.stores;

import org.jspecify.annotations.NullMarked;
