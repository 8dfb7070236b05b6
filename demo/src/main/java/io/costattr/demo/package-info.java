/**
 * A small shop's back end that calls OpenAI in every way a JVM does, and says with {@code
 * io.costattr.api} who pays for each call. An application to read and to copy from; it knows the
 * agent only by its command line.
 */
@NullMarked
package io.costattr.demo;

import org.jspecify.annotations.NullMarked;
