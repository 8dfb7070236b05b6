/**
 * Incremental, bounded readers of bodies that pass by: JSON, server-sent events, content encodings,
 * samples of text. Nothing here knows a provider, an attempt or a client library.
 */
@NullMarked
package io.costattr.core.scan;

import org.jspecify.annotations.NullMarked;
