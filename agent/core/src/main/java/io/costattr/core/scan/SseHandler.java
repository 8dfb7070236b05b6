package io.costattr.core.scan;

import org.jspecify.annotations.Nullable;

/**
 * Told by an {@link SseScanner} of each event: once {@link #event}, its data in pieces, and then
 * {@link #dispatch} or, at the end of a cut stream, {@link #incomplete}.
 */
public interface SseHandler {

  /**
   * The first data line of an event begins.
   *
   * @param name the event's name when it came before the data, else null; also null when longer
   *     than {@link SseScanner#MAX_NAME} bytes
   */
  void event(@Nullable String name);

  /**
   * Some of the event's data; lines of it are joined by {@code \n}. The array may be the
   * application's own: it is valid during the call only and must not be changed.
   */
  void data(byte[] bytes, int offset, int length);

  /** The event is whole. */
  void dispatch();

  /** The stream has ended within the event: its blank line, or more, is missing. */
  void incomplete();
}
