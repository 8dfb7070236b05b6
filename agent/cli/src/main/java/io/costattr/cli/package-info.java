/**
 * The command line of the agent's jar: one class per command. It runs in a JVM of its own, inside
 * the agent's class loader, and never in the application's.
 */
@NullMarked
package io.costattr.cli;

import org.jspecify.annotations.NullMarked;
