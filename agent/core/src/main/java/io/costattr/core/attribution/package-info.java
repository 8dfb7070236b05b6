/**
 * Who pays: the dimensions of a call, resolved so that none is null. Nothing here reads a thread of
 * the application; advice hands in what the application said.
 */
@NullMarked
package io.costattr.core.attribution;

import org.jspecify.annotations.NullMarked;
