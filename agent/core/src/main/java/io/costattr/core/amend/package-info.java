/**
 * What the agent changes on the user's wish, and on nothing else's: the request of a stream asks
 * for usage, and the answer is given to the application as if it had not. Pure transformations of
 * bytes; knows no HTTP client and no host.
 */
@NullMarked
package io.costattr.core.amend;

import org.jspecify.annotations.NullMarked;
