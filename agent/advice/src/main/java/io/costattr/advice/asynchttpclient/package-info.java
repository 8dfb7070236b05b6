/**
 * async-http-client 2 and 3, over HTTP/1.1 and, in later versions, HTTP/2. A call is one {@code
 * NettyResponseFuture}, captured where the library makes it, on the thread of whoever asks;
 * redirects, retries and answers to challenges are attempts of it, each with a {@code NettyRequest}
 * of its own. What is received is seen where the library's handler takes it, decompressed.
 */
@NullMarked
package io.costattr.advice.asynchttpclient;

import org.jspecify.annotations.NullMarked;
