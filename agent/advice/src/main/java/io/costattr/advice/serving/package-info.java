/**
 * What the application serves while it calls a model: requests of servlets and of the JDK's HTTP
 * server, scheduled jobs, and messages that listeners are given. The hooks note it and ask nothing.
 */
@NullMarked
package io.costattr.advice.serving;

import org.jspecify.annotations.NullMarked;
