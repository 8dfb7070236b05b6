/**
 * What an application imports to say who pays for a model call. Without the agent it does nothing
 * but keep a thread-local; it has no dependency.
 */
@NullMarked
package io.costattr.api;

import org.jspecify.annotations.NullMarked;
