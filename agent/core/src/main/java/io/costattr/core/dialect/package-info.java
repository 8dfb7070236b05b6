/**
 * One class per wire dialect, and the tables that tell by host and path which one speaks. A dialect
 * turns what the scanners saw into disjoint {@link io.costattr.core.usage.Usage}.
 */
@NullMarked
package io.costattr.core.dialect;

import org.jspecify.annotations.NullMarked;
