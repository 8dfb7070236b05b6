/** One immutable configuration, read once, with the source of each value. */
@NullMarked
package io.costattr.core.config;

import org.jspecify.annotations.NullMarked;
