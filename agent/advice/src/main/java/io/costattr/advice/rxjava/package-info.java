/**
 * RxJava 3: everybody who subscribes to anything, each operator as well, is told with what was in
 * force where that was done. Without it the thread that tells would decide, which may be anybody's.
 */
@NullMarked
package io.costattr.advice.rxjava;

import org.jspecify.annotations.NullMarked;
