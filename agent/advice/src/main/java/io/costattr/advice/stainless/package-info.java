/**
 * The SDKs that one generator makes, openai-java and anthropic-java: the logical call above its
 * attempts. It carries the caller's context to the threads on which the library really calls. Knows
 * their types by name only, so that the same advice serves all of them.
 */
@NullMarked
package io.costattr.advice.stainless;

import org.jspecify.annotations.NullMarked;
