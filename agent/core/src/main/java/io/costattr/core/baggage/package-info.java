/**
 * W3C baggage between services: which requests are believed what their header says of who pays, and
 * what is added to requests that go to other services. Nothing of servers or HTTP clients lives
 * here.
 */
@NullMarked
package io.costattr.core.baggage;

import org.jspecify.annotations.NullMarked;
