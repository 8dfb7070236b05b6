package io.costattr.advice.jdksocket;

import io.costattr.core.exchange.SocketVoice;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call at a time through to the application's listener, and no more messages than the
 * application has asked for. As long as the agent has nothing to say, the JDK's calls go straight
 * through. A message of the agent's takes the place of one that the application has asked for, of
 * which the JDK knows nothing: should it bring another one before the application asks again, that
 * waits, and the JDK is told so by the stage it gets. Thread-safe.
 */
final class Turnstile {
  /** What the listener is told. */
  enum Kind {
    /** No message: nobody has to ask for it. */
    EVENT,
    /** A message, or the last piece of one. */
    MESSAGE,
    /** A piece of a message that is not its last. */
    PIECE,
    /** A message of the agent's. */
    SAID
  }

  /** A call of the listener; what it returns or throws ends the stage that stands for it. */
  private record Turn(
      Kind kind,
      Supplier<? extends @Nullable CompletionStage<?>> listener,
      CompletableFuture<@Nullable Object> over) {

    Turn(Kind kind, Supplier<? extends @Nullable CompletionStage<?>> listener) {
      this(kind, listener, new CompletableFuture<>());
    }

    void run() {
      try {
        CompletionStage<?> stage = listener.get();
        if (stage == null) {
          over.complete(null);
        } else {
          CompletionStage<?> unused =
              stage.whenComplete(
                  (value, thrown) -> {
                    if (thrown == null) {
                      over.complete(value);
                    } else {
                      over.completeExceptionally(thrown);
                    }
                  });
        }
      } catch (Throwable thrown) {
        over.completeExceptionally(thrown);
      }
    }
  }

  // Guarded by this.
  private final Queue<Turn> held = new ArrayDeque<>();
  private final Queue<Turn> said = new ArrayDeque<>();
  private @Nullable Thread speaker;
  private boolean busy;
  private boolean silent;

  /** Whether a message is at the listener of which pieces are missing. */
  private boolean within;

  /** Messages that the application has asked for and not got. */
  private long wanted;

  /** How many more the JDK was asked for than the application wants: what was said meanwhile. */
  private long ahead;

  /**
   * The application asks for more messages.
   *
   * @return how many the JDK is to be asked for
   */
  synchronized long requested(long more) {
    if (more <= 0) {
      // An error, which the JDK reports.
      return more;
    }
    wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
    // What the JDK has brought too early was asked for as well.
    long known = Math.min(ahead, more);
    ahead -= known;
    goOn();
    return more - known;
  }

  /**
   * The JDK calls the listener.
   *
   * @return what the listener returns, now or later; null as well where it does
   */
  @Nullable CompletionStage<?> call(
      Kind kind, Supplier<? extends @Nullable CompletionStage<?>> listener) {
    synchronized (this) {
      if (busy || !held.isEmpty() || !isWanted(kind)) {
        Turn turn = new Turn(kind, listener);
        held.add(turn);
        return turn.over();
      }
      begin(kind);
    }
    try {
      return listener.get();
    } finally {
      end();
    }
  }

  /** The agent tells the listener something, soon. */
  synchronized void say(Supplier<? extends @Nullable CompletionStage<?>> listener) {
    if (said.size() < SocketVoice.MOST) {
      said.add(new Turn(Kind.SAID, listener));
    }
    goOn();
  }

  /** The socket ends: nothing is said any more. What the JDK brings still gets through. */
  synchronized void silence() {
    silent = true;
  }

  private boolean isWanted(Kind kind) {
    return switch (kind) {
      case EVENT -> true;
      // Whoever asked unseen gets what comes.
      case MESSAGE, PIECE -> wanted > 0 || ahead == 0;
      case SAID -> wanted > 0 && !within && !silent;
    };
  }

  private void begin(Kind kind) {
    busy = true;
    if (kind == Kind.EVENT) {
      return;
    }
    wanted = Math.max(0, wanted - 1);
    if (kind == Kind.SAID) {
      ahead++;
    } else {
      within = kind == Kind.PIECE;
    }
  }

  private synchronized void end() {
    busy = false;
    goOn();
  }

  /** Sees to it that what may have its turn gets it. */
  private void goOn() {
    if (speaker == null && !busy && next() != null) {
      speaker = SocketVoice.speaker(this::run);
    }
  }

  /** From which queue the next one comes; null when nothing may have its turn. */
  private @Nullable Queue<Turn> next() {
    for (Queue<Turn> queue : List.of(said, held)) {
      Turn first = queue.peek();
      if (first != null && isWanted(first.kind())) {
        return queue;
      }
    }
    return null;
  }

  private void run() {
    for (Turn turn = take(); turn != null; turn = take()) {
      turn.run();
      synchronized (this) {
        busy = false;
      }
    }
  }

  private synchronized @Nullable Turn take() {
    Queue<Turn> queue = busy ? null : next();
    if (queue == null) {
      speaker = null;
      return null;
    }
    Turn turn = queue.remove();
    begin(turn.kind());
    return turn;
  }
}
