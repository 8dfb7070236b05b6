/**
 * Servers that Debian packages bring, on free ports of loopback, for tests and measurements that
 * need real ones.
 */
@NullMarked
package io.costattr.loopback.servers;

import org.jspecify.annotations.NullMarked;
