package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.attribution.Rejection;
import io.costattr.core.dialect.Endpoint;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import io.costattr.core.dialect.SocketMessage;
import io.costattr.core.dialect.SocketMessage.Kind;
import io.costattr.core.exchange.Exchange.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One web socket to a model provider, on which many responses are asked for and answered: each is
 * an exchange of its own. Advice shows it every text that passes, in both directions, and how the
 * socket ends; it keeps settings, the text of the conversation as far as a sample goes, and what is
 * under way. No method throws or waits for the network. What is received comes from one thread at a
 * time, what is sent and the end may come from any.
 */
public final class SocketSession {
  private static final WeakIdentityMap<SocketSession> CARRIED = new WeakIdentityMap<>();

  /** The status of an upgrade to a web socket. */
  private static final int SWITCHED = 101;

  private final Start start;
  private final Exchanges.Takers ledger;
  private final boolean isConversation;
  private final Headers head;
  private final SocketText received;
  private final SentTexts sent;
  private final SocketVoice voice = new SocketVoice();

  // What follows is guarded by this.
  private final SocketSettings settings = new SocketSettings();
  private final SocketTurns turns = new SocketTurns();
  private boolean opened;
  private boolean closing;
  private boolean over;
  private @Nullable Unclosed unclosed;

  /**
   * @param head looks up a header of the upgrade
   */
  SocketSession(Start start, Exchanges.Takers ledger, Headers head) {
    this.start = start;
    this.ledger = ledger;
    this.head = head;
    this.isConversation = start.route().endpoint() == Endpoint.REALTIME;
    this.received = new SocketText(start.route().dialect().responseShape(), false);
    this.sent = new SentTexts(start.route().dialect().requestShape());
  }

  /** Lets this session travel with the library's socket, for as long as that lives. */
  public void carryWith(Object socket) {
    try {
      CARRIED.put(socket, this);
      synchronized (this) {
        if (!over && unclosed == null) {
          unclosed = Unclosed.watch(socket, this::abandoned);
        }
      }
    } catch (Throwable fault) {
      Log.fault("watching a web socket", fault);
    }
  }

  /** The session of that socket, or null when it is none of ours. */
  public static @Nullable SocketSession carriedBy(Object socket) {
    return CARRIED.get(socket);
  }

  /** The provider has agreed to the socket. */
  public synchronized void opened() {
    opened = true;
  }

  // What the application sends.

  /**
   * The application is about to send a text, or a piece of one.
   *
   * @param last whether the text ends with it
   * @return null when the text asks for nothing, or is not whole yet
   */
  public @Nullable Sending sending(CharSequence text, boolean last) {
    try {
      boolean whole = last && !sent.isWithin();
      Reading message = sent.accept(text, last);
      return message == null ? null : sent(message, whole);
    } catch (Throwable fault) {
      Log.fault("reading what goes to a web socket", fault);
      return null;
    }
  }

  /** The library has refused to send that. */
  public void unsent(@Nullable Object sending) {
    if (sending instanceof SocketTurn turn) {
      synchronized (this) {
        if (!turns.takeBack(turn)) {
          return;
        }
      }
      forget(turn);
    }
  }

  /**
   * @param whole whether nothing of it has been sent before; else it is too late to refuse it
   */
  private @Nullable Sending sent(Reading message, boolean whole) {
    SocketMessage what = SocketMessage.sent(message);
    Call call = what.kind() == Kind.ASKS ? asking() : null;
    Sending rejected = call != null && whole ? rejected(call) : null;
    if (rejected != null) {
      message.text().release();
      return rejected;
    }
    SocketTurn turn = null;
    synchronized (this) {
      opened = true;
      if (!over) {
        settings.sent(what, message);
        // Behind its close nothing is sent any more: the library refuses it, if later than it says
        // so.
        if (call != null && !closing) {
          turn = turn(call, message, what);
        }
      }
    }
    message.text().release();
    if (turn == null) {
      return null;
    }
    Denial denial = whole ? turn.exchange.objection(head) : null;
    if (denial != null) {
      return new Sending.Denied(denial.onSocket(what, start.route()));
    }
    return asked(turn) ? turn : null;
  }

  /** That the policy refuses that call; null when it does not. */
  private Sending.@Nullable Rejected rejected(Call call) {
    synchronized (this) {
      if (over || closing) {
        return null;
      }
    }
    Rejection rejection = Exchanges.rejection(call, start.route(), start.call().sdk());
    if (rejection == null) {
      return null;
    }
    RuntimeException sdk = rejection.sdk();
    return new Sending.Rejected(sdk != null ? sdk : rejection.exception());
  }

  /** Whether the answer to it can still come. */
  private boolean asked(SocketTurn turn) {
    SocketTurn oldest = null;
    boolean late;
    synchronized (this) {
      late = over || closing;
      if (!late) {
        oldest = turns.ask(turn);
      }
    }
    if (late) {
      forget(turn);
    }
    cut(oldest, Failure.CANCELLED);
    return !late;
  }

  /** The thread that asks, unless it says nothing of who pays: then as the socket was opened. */
  private Call asking() {
    Call call = Call.capture(start.call().client());
    return call.saysNothing() ? start.call().another() : call;
  }

  private SocketTurn turn(Call call, @Nullable Reading message, SocketMessage what) {
    Exchange exchange = exchange(call, start.route(), settings.request(message));
    return new SocketTurn(exchange, what.lane(), message == null ? null : what.eventId());
  }

  private Exchange exchange(Call call, Route route, Reading request) {
    Exchange exchange =
        new Exchange(Start.now(call, route, start.host(), start.port()), ledger, request);
    exchange.requestRead();
    exchange.requestSent();
    return exchange;
  }

  private static void forget(SocketTurn turn) {
    turn.exchange.withdrawn();
    turn.exchange.release();
  }

  // What the application receives.

  /** Says in the provider's place what {@link #sending} has returned. */
  public SocketVoice voice() {
    return voice;
  }

  /** Whether the socket has ended, and nothing more is to be said on it. */
  public synchronized boolean isOver() {
    return over;
  }

  /**
   * The application is about to be given a text, or a piece of one.
   *
   * @param last whether the text ends with it
   */
  public void received(CharSequence text, boolean last) {
    try {
      received.accept(text);
      Reading message = last ? received.end() : null;
      if (message != null) {
        received(message);
        message.text().release();
      }
    } catch (Throwable fault) {
      Log.fault("reading what comes from a web socket", fault);
    }
  }

  private void received(Reading message) {
    SocketMessage what = SocketMessage.received(message);
    SocketTurn oldest = null;
    Exchange ended = null;
    synchronized (this) {
      if (over) {
        return;
      }
      switch (what.kind()) {
        case SETTINGS -> settings.received(message);
        case BEGINS -> oldest = turns.begin(begin(what, message));
        case PART, SPOKEN -> goesOn(what, message);
        case ENDS -> ended = end(what, message);
        case HEARD -> ended = heard(message);
        case ERROR, REFUSAL -> ended = fail(what, message);
        default -> {}
      }
    }
    cut(oldest, Failure.CANCELLED);
    if (ended != null) {
      ended.completed();
    }
  }

  /** What was asked for first; else the provider begins by itself. */
  private SocketTurn begin(SocketMessage what, Reading message) {
    SocketTurn turn = turns.takeAsked(what.lane());
    if (turn == null) {
      turn = turn(start.call().another(), null, what);
    }
    turn.begins(what.responseId());
    turn.exchange.answered(SWITCHED);
    turn.exchange.response().add(settings.set());
    turn.says(message);
    return turn;
  }

  private void goesOn(SocketMessage what, Reading message) {
    SocketTurn turn = turns.begun(what);
    if (turn != null) {
      turn.part(what.kind() == Kind.SPOKEN);
      turn.says(message);
    }
  }

  private Exchange end(SocketMessage what, Reading message) {
    SocketTurn turn = turns.takeBegun(what);
    if (turn == null) {
      turn = begin(what, message);
    } else {
      turn.says(message);
    }
    if (isConversation) {
      settings.ended(message, turn.exchange.response());
    }
    return turn.exchange;
  }

  /** Another model's work, for which nobody asks by itself. */
  private @Nullable Exchange heard(Reading message) {
    Route route = SocketMessage.transcriptions(start.route());
    if (route == null) {
      return null;
    }
    Exchange exchange = exchange(start.call().another(), route, settings.transcription());
    exchange.answered(SWITCHED);
    exchange.response().add(message);
    return exchange;
  }

  /** Where responses are all that there is, an error may also end the one under way. */
  private @Nullable Exchange fail(SocketMessage what, Reading message) {
    SocketTurn turn = isConversation ? null : turns.takeBegun(what);
    if (turn == null) {
      turn = turns.takeRefused(what, !isConversation || what.kind() == Kind.REFUSAL);
      if (turn != null && what.httpStatus() > 0) {
        turn.exchange.answered(what.httpStatus());
      }
    }
    if (turn == null) {
      return null;
    }
    turn.says(message);
    return turn.exchange;
  }

  // The end.

  /** The application closes the socket; what is under way may still come to its end. */
  public synchronized void closing() {
    closing = true;
  }

  /** The library has refused to close the socket, because of what it was to say. */
  public synchronized void notClosing() {
    closing = false;
  }

  /** The provider has closed the socket. */
  public void closed(int code) {
    end("websocket_" + code);
  }

  /** The application wants no more, and nothing more will come. */
  public void abandoned() {
    closing();
    end(Failure.CANCELLED);
  }

  /**
   * The socket broke, or was never opened.
   *
   * @param httpStatus with which the provider has refused to open it; 0 when it did not
   */
  public void failed(Throwable cause, int httpStatus) {
    try {
      boolean never;
      synchronized (this) {
        never = !opened && !over;
        opened = true;
      }
      if (never) {
        neverOpened(cause, httpStatus);
      }
      end(Failure.code(cause));
    } catch (Throwable fault) {
      Log.fault("ending a web socket", fault);
    }
  }

  /** A call that has failed, as by HTTP. */
  private void neverOpened(Throwable cause, int httpStatus) {
    Exchange exchange = new Exchange(start, ledger, new Reading());
    if (httpStatus > 0 && httpStatus != SWITCHED) {
      exchange.answered(httpStatus);
      exchange.completed();
    } else {
      exchange.failed(cause);
    }
  }

  private void end(String code) {
    try {
      List<SocketTurn> left;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        left = turns.takeAll();
        settings.release();
        if (unclosed != null) {
          unclosed.forget();
          unclosed = null;
        }
      }
      Exchanges.closed(this);
      left.forEach(turn -> cut(turn, code));
    } catch (Throwable fault) {
      Log.fault("ending a web socket", fault);
    }
  }

  private void cut(@Nullable SocketTurn turn, String code) {
    if (turn == null) {
      return;
    }
    boolean leaves;
    synchronized (this) {
      leaves = closing;
      turn.cut(settings.hasSound());
    }
    if (leaves) {
      turn.exchange.abandoned();
    } else {
      turn.exchange.failed(code);
    }
  }
}
