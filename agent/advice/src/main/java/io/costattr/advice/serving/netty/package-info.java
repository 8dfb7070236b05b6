/**
 * Netty 4.1 and 4.2 by itself: the request that a connection of HTTP/1.1 is read for, whatever
 * server stands on it.
 */
@NullMarked
package io.costattr.advice.serving.netty;

import org.jspecify.annotations.NullMarked;
