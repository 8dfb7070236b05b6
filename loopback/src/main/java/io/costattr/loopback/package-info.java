/**
 * OpenAI's wire on a loopback socket: an HTTP/1.1 server whose every byte a test decides, and on
 * top of it a server that answers as OpenAI does with usage that can be known beforehand. For
 * tests, benchmarks and the demo; it depends on nothing and knows nothing of the agent.
 */
@NullMarked
package io.costattr.loopback;

import org.jspecify.annotations.NullMarked;
