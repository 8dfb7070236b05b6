/**
 * Spring WebFlux, 5.3 to 7.0: the exchange that a chain serves, in that chain's context. Where the
 * chain goes on is known in {@code advice.reactor}.
 */
@NullMarked
package io.costattr.advice.serving.webflux;

import org.jspecify.annotations.NullMarked;
