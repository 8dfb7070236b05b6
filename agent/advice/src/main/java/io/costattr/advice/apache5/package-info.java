/**
 * Apache HttpClient 5: one attempt is one pass of the connecting element of the execution chain,
 * which stands below redirects, retries and authentication; bodies are seen there as they are
 * coded. The blocking client's elements are seen through their return values, the asynchronous
 * one's through their callbacks.
 */
@NullMarked
package io.costattr.advice.apache5;

import org.jspecify.annotations.NullMarked;
