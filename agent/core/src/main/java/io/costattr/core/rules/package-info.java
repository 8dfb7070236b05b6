/**
 * The user's rules ({@code rules:} in {@code costattr.yaml}): what they take from where a call is
 * made, and on which conditions. Reading them, and asking them at a call. Nothing here is specific
 * to a server or a framework; a principal's claims are read by the names of well-known interfaces.
 */
@NullMarked
package io.costattr.core.rules;

import org.jspecify.annotations.NullMarked;
