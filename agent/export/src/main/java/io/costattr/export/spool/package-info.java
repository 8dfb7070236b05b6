/**
 * Events on disk until a collector has them, as bytes whose meaning is another package's. Nothing
 * of OpenTelemetry is known here, and nothing waits for anything but the disk.
 */
@NullMarked
package io.costattr.export.spool;

import org.jspecify.annotations.NullMarked;
