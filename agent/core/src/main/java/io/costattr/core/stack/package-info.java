/**
 * What the stack of the calling thread tells: from which place of the application a call comes, and
 * within which job. Costs microseconds: only asked when something needs it.
 */
@NullMarked
package io.costattr.core.stack;

import org.jspecify.annotations.NullMarked;
