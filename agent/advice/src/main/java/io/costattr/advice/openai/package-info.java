/**
 * openai-java: the logical call above its attempts. It carries the caller's context to the threads
 * on which the library really calls.
 */
@NullMarked
package io.costattr.advice.openai;

import org.jspecify.annotations.NullMarked;
