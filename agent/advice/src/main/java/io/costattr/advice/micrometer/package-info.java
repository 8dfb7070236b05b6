/**
 * Micrometer's context propagation, 1.0.6 to 1.2: through it Reactor, Spring and coroutines carry
 * what threads have in force. The agent's accessor is registered where those of the class path are.
 */
@NullMarked
package io.costattr.advice.micrometer;

import org.jspecify.annotations.NullMarked;
