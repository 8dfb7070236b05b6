/**
 * {@code costattr.stream.usage=request}: exact usage of streams, which the application never sees.
 */
package io.costattr.it.streamusage;
