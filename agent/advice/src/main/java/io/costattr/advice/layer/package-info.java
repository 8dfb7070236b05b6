/**
 * What the advice for libraries on top of others shares: their names, and calls that begin when a
 * reactive publisher is subscribed. No transport.
 */
@NullMarked
package io.costattr.advice.layer;

import org.jspecify.annotations.NullMarked;
