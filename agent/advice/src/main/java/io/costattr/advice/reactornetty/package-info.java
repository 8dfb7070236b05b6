/**
 * Reactor Netty 1.0 to 1.3: one attempt is one request of an {@code HttpClientHandler}, from the
 * subscription, a redirect or a retry on. What is sent is seen on its way to the wire, what is
 * received where the client's operations take it, decompressed if the application asked for that.
 */
@NullMarked
package io.costattr.advice.reactornetty;

import org.jspecify.annotations.NullMarked;
