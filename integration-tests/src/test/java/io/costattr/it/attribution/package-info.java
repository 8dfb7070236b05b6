/** Who pays for a call: the sources of each dimension, and the policy for what is missing. */
@NullMarked
package io.costattr.it.attribution;

import org.jspecify.annotations.NullMarked;
