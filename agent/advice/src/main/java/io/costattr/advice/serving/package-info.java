/**
 * What the application serves while it calls a model: requests of servlets and of the JDK's HTTP
 * server, and scheduled jobs. The hooks note it and ask nothing.
 */
@NullMarked
package io.costattr.advice.serving;

import org.jspecify.annotations.NullMarked;
