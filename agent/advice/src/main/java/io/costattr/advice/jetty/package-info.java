/**
 * Jetty's HTTP client 11 and 12, over HTTP/1.1 and HTTP/2: one attempt is one {@code HttpExchange},
 * which the thread that sends makes. From 12.0 on the client's own classes lie in another package;
 * what advice asks them for is the same in both.
 */
@NullMarked
package io.costattr.advice.jetty;

import org.jspecify.annotations.NullMarked;
