package io.costattr.export.spool;

/**
 * An event as it was read.
 *
 * @param place where it lies
 * @param origin where it comes from, as {@link Spool#append} was given it; the same array for the
 *     events of one segment
 * @param bytes the event
 */
@SuppressWarnings("ArrayRecordComponent") // two are never compared
public record Kept(Place place, byte[] origin, byte[] bytes) {}
