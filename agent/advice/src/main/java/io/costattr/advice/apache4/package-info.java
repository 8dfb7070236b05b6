/**
 * Apache HttpClient 4 from 4.3 on, as its builders make it: one attempt is one pass of the
 * request's executor, below redirects, retries and authentication; bodies are seen there as they
 * are coded. HttpAsyncClient 4 stands on the same library: one attempt is one request that a
 * connection was given to send. Their classes are older than {@code invokedynamic}.
 */
@NullMarked
package io.costattr.advice.apache4;

import org.jspecify.annotations.NullMarked;
