/**
 * JAX-RS: Jersey 2 and 3, RESTEasy 4 to 6. Each has classes of its own for what is asked here, so
 * that it does not matter whether JAX-RS is that of {@code javax} or of {@code jakarta}.
 */
@NullMarked
package io.costattr.advice.serving.jaxrs;

import org.jspecify.annotations.NullMarked;
