package io.costattr.advice.serving.netty;

import io.costattr.core.attribution.ReadRequest;
import io.costattr.core.exchange.WeakIdentityMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection of a server: the request that is being read, from when its head
 * is there until its last piece has been handed on. Used by the thread that reads.
 */
final class Connection {
  private static final String OF_SERVERS = "io.netty.handler.codec.http.HttpRequestDecoder";

  private static final ClassValue<Boolean> SERVERS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().equals(OF_SERVERS)) {
              return true;
            }
          }
          return false;
        }
      };

  private static final WeakIdentityMap<Connection> KNOWN = new WeakIdentityMap<>();

  private @Nullable NettyRequest request;
  private boolean last;

  /** What {@link ReadRequest#beginReading} returned; null when nothing is read, or not for us. */
  private @Nullable Object begun;

  private Connection() {}

  /** Whether that decodes requests. */
  static boolean isServers(Object decoder) {
    return SERVERS.get(decoder.getClass());
  }

  /** That of the decoder. */
  static Connection of(Object decoder) {
    Connection known = KNOWN.get(decoder);
    if (known == null) {
      known = new Connection();
      KNOWN.put(decoder, known);
    }
    return known;
  }

  /** As {@link #of}; null when nothing has been read of it. */
  static @Nullable Connection known(Object decoder) {
    return KNOWN.get(decoder);
  }

  /** It is read; false when it is being read already, or something else is served meanwhile. */
  boolean begin() {
    if (begun != null) {
      return false;
    }
    begun = ReadRequest.beginReading();
    if (begun != null && request != null) {
      request.resume();
    }
    return begun != null;
  }

  /** Another request begins. */
  void head(NettyRequest next) {
    if (begun != null) {
      request = next;
      last = false;
      next.resume();
    }
  }

  /** All of it is there. */
  void last() {
    last = true;
  }

  /** It is read no longer. */
  void end() {
    Object before = begun;
    begun = null;
    if (last) {
      request = null;
    }
    if (before != null) {
      ReadRequest.endReading(before);
    }
  }
}
