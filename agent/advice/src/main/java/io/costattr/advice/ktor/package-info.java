/**
 * Ktor's client, whose engines send a request on another thread than the one that asks: the call is
 * captured where the request is made and taken over where the engine begins. What is sent and read
 * is seen of the HTTP client below.
 */
@NullMarked
package io.costattr.advice.ktor;

import org.jspecify.annotations.NullMarked;
