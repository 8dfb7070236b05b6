/** java.net.http of the JDK: one attempt is one sendAsync. */
@NullMarked
package io.costattr.advice.jdkhttp;

import org.jspecify.annotations.NullMarked;
