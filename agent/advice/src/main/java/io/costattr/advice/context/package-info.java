/** Readers of what an application keeps on the current thread: attribution and spans. */
@NullMarked
package io.costattr.advice.context;

import org.jspecify.annotations.NullMarked;
