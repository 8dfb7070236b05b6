/** Vert.x-web, 4.1 to 5.1: the request that a router's handlers serve, and its callbacks after. */
@NullMarked
package io.costattr.advice.serving.vertx;

import org.jspecify.annotations.NullMarked;
