/**
 * One HTTP attempt and what is read off its bytes: the {@link io.costattr.core.exchange.Exchange},
 * the incremental JSON and SSE scanners, decoding of content encodings. Nothing here knows a
 * provider, a price or a client library.
 */
@NullMarked
package io.costattr.core.exchange;

import org.jspecify.annotations.NullMarked;
