/** One call and one stream through each HTTP client, written as directly as the client allows. */
@NullMarked
package io.costattr.benchmarks.transports;

import org.jspecify.annotations.NullMarked;
