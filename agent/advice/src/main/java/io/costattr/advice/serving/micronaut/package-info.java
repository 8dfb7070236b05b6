/**
 * Micronaut, 3.3 to 5: the request that it says is at work, on whichever thread it carries it to.
 */
@NullMarked
package io.costattr.advice.serving.micronaut;

import org.jspecify.annotations.NullMarked;
