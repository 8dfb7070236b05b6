package io.costattr.core.scan;

import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of server-sent events whose data are JSON documents, as model providers send them,
 * and recognises the sentinel {@code [DONE]}. What stands in the documents goes to the {@link
 * JsonHandler} while an event passes; its bounds go to the {@link Listener}.
 */
public final class SseJson extends BodyReader {

  /** Told of the bounds of events, in the order of the stream. */
  public interface Listener {

    /**
     * An event has begun; what the {@link JsonHandler} is told next is of this event.
     *
     * @param name the event's name, null when it has none
     */
    default void eventStart(@Nullable String name) {}

    /**
     * The event is whole.
     *
     * @param malformedJson whether its data were something else than one whole JSON document; an
     *     event without data, which some servers send to keep a connection open, is not malformed
     */
    default void eventEnd(boolean malformedJson) {}

    /**
     * The stream has ended within the event, which has no {@link #eventEnd} therefore.
     *
     * @param wholeJson whether nothing but the blank line behind the data was missing
     */
    default void eventCut(boolean wholeJson) {}

    /**
     * Data that begin with {@code [DONE]} have come; told at the last of these bytes, as clients
     * close the stream there. There is no other call for such an event.
     */
    default void done() {}
  }

  private static final byte[] SENTINEL = {'[', 'D', 'O', 'N', 'E', ']'};
  private static final int NOT_SENTINEL = -1;

  private final JsonScanner json;
  private final Listener listener;
  private final SseScanner sse = new SseScanner(new Events());

  private @Nullable String name;

  /** How much of the sentinel the event's data have been so far. */
  private int matched;

  private boolean hasData;

  public SseJson(JsonShape shape, JsonHandler handler, Listener listener) {
    this.json = new JsonScanner(shape, handler);
    this.listener = listener;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    sse.accept(bytes, offset, length);
  }

  /** Tells of an event that was begun and is not whole. */
  @Override
  public void end() {
    sse.end();
  }

  private final class Events implements SseHandler {

    @Override
    public void event(@Nullable String eventName) {
      name = eventName;
      matched = 0;
      hasData = false;
    }

    @Override
    public void data(byte[] bytes, int offset, int length) {
      hasData = true;
      int from = offset;
      int end = offset + length;
      while (matched != NOT_SENTINEL && from < end) {
        if (matched == SENTINEL.length) {
          return;
        }
        if (bytes[from] == SENTINEL[matched]) {
          from++;
          if (++matched == SENTINEL.length) {
            listener.done();
          }
        } else {
          begin();
        }
      }
      if (from < end) {
        json.accept(bytes, from, end - from);
      }
    }

    @Override
    public void dispatch() {
      if (matched != SENTINEL.length) {
        boolean whole = finish();
        listener.eventEnd(hasData && !whole);
      }
    }

    @Override
    public void incomplete() {
      if (matched != SENTINEL.length) {
        listener.eventCut(finish());
      }
    }

    /** No sentinel (any more): what looked like one so far belongs to the document. */
    private void begin() {
      int held = matched;
      matched = NOT_SENTINEL;
      json.reset();
      listener.eventStart(name);
      json.accept(SENTINEL, 0, held);
    }

    private boolean finish() {
      if (matched != NOT_SENTINEL) {
        begin();
      }
      json.end();
      return json.complete() && !json.malformed();
    }
  }
}
