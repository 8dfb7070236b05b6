/** Whose a call is, by its host and path, as the agent tells it in a real JVM. */
@NullMarked
package io.costattr.it.hosts;

import org.jspecify.annotations.NullMarked;
