/**
 * Vert.x's HTTP client 4 and 5, over HTTP/1.1 and HTTP/2: one attempt is one {@code
 * HttpClientRequest}, from its first write on, or from the failure to get a connection for it. Its
 * context is that of the thread which asks the client for the request. Compiled against Vert.x 5;
 * what is asked of the library is in 4 as well.
 */
@NullMarked
package io.costattr.advice.vertx;

import org.jspecify.annotations.NullMarked;
