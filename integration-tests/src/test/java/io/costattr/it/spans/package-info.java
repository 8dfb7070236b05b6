/**
 * Where calls are seen in traces and in the conventional metrics, beside whatever else observes
 * them in the same JVM.
 */
@NullMarked
package io.costattr.it.spans;

import org.jspecify.annotations.NullMarked;
