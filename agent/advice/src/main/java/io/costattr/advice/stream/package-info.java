/**
 * What the transports share that read and write by {@code java.io} on the calling thread. Nothing
 * of any library is known here.
 */
@NullMarked
package io.costattr.advice.stream;

import org.jspecify.annotations.NullMarked;
