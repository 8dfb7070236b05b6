package io.costattr.core.exchange;

import io.costattr.core.dialect.SocketMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The responses that are under way on one web socket: asked for, or begun. Guarded by its session.
 */
final class SocketTurns {
  /** Of either kind at a time; no provider allows as many. */
  private static final int MOST = 64;

  private final List<SocketTurn> asked = new ArrayList<>();
  private final List<SocketTurn> begun = new ArrayList<>();

  /** It is asked for. Returns the oldest, taken out, where there are too many; else null. */
  @Nullable SocketTurn ask(SocketTurn turn) {
    return add(turn, asked);
  }

  /** It has begun. Returns the oldest, taken out, where there are too many; else null. */
  @Nullable SocketTurn begin(SocketTurn turn) {
    return add(turn, begun);
  }

  private static @Nullable SocketTurn add(SocketTurn turn, List<SocketTurn> to) {
    to.add(turn);
    return to.size() > MOST ? to.remove(0) : null;
  }

  /** It was not asked for after all; false when it is not waited for any more. */
  boolean takeBack(SocketTurn turn) {
    return asked.remove(turn);
  }

  /** The one of which a message tells, or null. */
  @Nullable SocketTurn begun(SocketMessage message) {
    return find(begun, message);
  }

  /** The same, which is over. */
  @Nullable SocketTurn takeBegun(SocketMessage message) {
    return take(find(begun, message), begun);
  }

  /** What was asked for first on that stream of responses, or null. */
  @Nullable SocketTurn takeAsked(@Nullable String lane) {
    for (SocketTurn turn : asked) {
      if (turn.isOn(lane)) {
        return take(turn, asked);
      }
    }
    return null;
  }

  /**
   * What an error answers: what it names; else, where it is about responses, what was asked for
   * first.
   */
  @Nullable SocketTurn takeRefused(SocketMessage error, boolean isAboutResponses) {
    if (error.eventId() == null) {
      return isAboutResponses ? takeAsked(error.lane()) : null;
    }
    for (SocketTurn turn : asked) {
      if (error.eventId().equals(turn.eventId)) {
        return take(turn, asked);
      }
    }
    return null;
  }

  /** All that is left. */
  List<SocketTurn> takeAll() {
    List<SocketTurn> all = new ArrayList<>(begun);
    all.addAll(asked);
    begun.clear();
    asked.clear();
    return all;
  }

  private static @Nullable SocketTurn take(@Nullable SocketTurn turn, List<SocketTurn> from) {
    from.remove(turn);
    return turn;
  }

  private static @Nullable SocketTurn find(List<SocketTurn> among, SocketMessage message) {
    for (SocketTurn turn : among) {
      if (turn.is(message)) {
        return turn;
      }
    }
    return null;
  }
}
