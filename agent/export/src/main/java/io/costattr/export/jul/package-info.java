/**
 * What the libraries inside the agent believe to be {@code java.util.logging}: packaging renames
 * their references to it, so that neither the application's console nor its {@code LogManager} is
 * ever touched by the agent.
 */
@NullMarked
package io.costattr.export.jul;

import org.jspecify.annotations.NullMarked;
