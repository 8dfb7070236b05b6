/**
 * Kotlin's coroutines, 1.4 to 1.11: each has in force what the thread had that began it, by an
 * element of its context, which coroutines themselves put in force wherever they run.
 */
@NullMarked
package io.costattr.advice.coroutines;

import org.jspecify.annotations.NullMarked;
