/**
 * HTTP/1.1 on raw loopback sockets, for tests, benchmarks and the demo: {@link
 * io.costattr.loopback.WireServer} leaves every byte to its handler, {@link
 * io.costattr.loopback.LoopbackOpenAi} speaks OpenAI's wire format on top of it. No dependency, and
 * nothing here knows what is tested with it.
 */
@NullMarked
package io.costattr.loopback;

import org.jspecify.annotations.NullMarked;
