/**
 * What runs at woven methods. Each class here is loaded once per application loader, beside the
 * library it was compiled against; it sees the core and the library, nothing else of the agent.
 */
@NullMarked
package io.costattr.advice;

import org.jspecify.annotations.NullMarked;
