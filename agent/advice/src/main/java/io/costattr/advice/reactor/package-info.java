/**
 * Reactor, whose operators carry by themselves what Micrometer's registry knows, but not where one
 * source is shared: there each subscriber is told with what was in force where it subscribed.
 */
@NullMarked
package io.costattr.advice.reactor;

import org.jspecify.annotations.NullMarked;
