/**
 * What was consumed: disjoint billable buckets, and the provider's own numbers as it reported them.
 */
@NullMarked
package io.costattr.core.usage;

import org.jspecify.annotations.NullMarked;
