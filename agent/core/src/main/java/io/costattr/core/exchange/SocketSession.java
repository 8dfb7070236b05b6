package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.dialect.Endpoint;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import io.costattr.core.dialect.SocketMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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

  /** Responses that are asked for, or being answered, at a time; no provider allows as many. */
  private static final int MOST = 64;

  /** The status of an upgrade to a web socket. */
  private static final int SWITCHED = 101;

  private final Start start;
  private final Exchanges.Takers ledger;
  private final boolean isConversation;

  private final SocketText incoming;

  /** Readers of what is sent: one that is free, and one within a message. */
  private final AtomicReference<@Nullable SocketText> free = new AtomicReference<>();

  private final AtomicReference<@Nullable SocketText> within = new AtomicReference<>();

  // What follows is guarded by this.

  /** What the application has set, and a sample of the conversation's text. */
  private final Reading wished = new Reading();

  /** What the provider says is set. */
  private Reading set = new Reading();

  /** The usage of the last response. */
  private Reading before = new Reading();

  private final List<SocketTurn> asked = new ArrayList<>();
  private final List<SocketTurn> begun = new ArrayList<>();
  private boolean opened;
  private boolean sound;
  private boolean closing;
  private boolean over;
  private @Nullable Unclosed unclosed;

  SocketSession(Start start, Exchanges.Takers ledger) {
    this.start = start;
    this.ledger = ledger;
    this.isConversation = start.route().endpoint() == Endpoint.REALTIME;
    this.incoming = new SocketText(start.route().dialect().responseShape(), false);
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
   * @return what {@link #unsent} is to be told when the text is not sent after all; or null
   */
  public @Nullable Object sending(CharSequence text, boolean last) {
    try {
      SocketText reader = within.getAndSet(null);
      if (reader == null) {
        reader = free.getAndSet(null);
      }
      if (reader == null) {
        reader = new SocketText(start.route().dialect().requestShape(), true);
      }
      reader.accept(text);
      if (!last) {
        within.set(reader);
        return null;
      }
      Reading message = reader.end();
      free.set(reader);
      return message == null ? null : sent(message);
    } catch (Throwable fault) {
      Log.fault("reading what goes to a web socket", fault);
      return null;
    }
  }

  /** The library has refused to send that. */
  public void unsent(@Nullable Object token) {
    if (token instanceof SocketTurn turn) {
      synchronized (this) {
        if (!asked.remove(turn)) {
          return;
        }
      }
      turn.exchange.withdrawn();
      turn.exchange.release();
    }
  }

  private @Nullable Object sent(Reading message) {
    SocketMessage what = SocketMessage.sent(message);
    SocketTurn turn = what.kind() == SocketMessage.Kind.ASKS ? asks(what, message) : null;
    List<SocketTurn> forgotten = List.of();
    synchronized (this) {
      opened = true;
      if (!over) {
        switch (what.kind()) {
          case SETTINGS -> {
            wished.add(message);
            message.text().copyTo(wished.text());
          }
          case ITEM -> message.text().copyTo(wished.text());
          case SOUND -> sound = true;
          default -> {}
        }
        if (turn != null) {
          forgotten = add(turn, asked);
        }
      }
    }
    message.text().release();
    forgotten.forEach(this::cutShort);
    return turn;
  }

  /** By the thread that asks, unless it says nothing of who pays: then as the socket was opened. */
  private SocketTurn asks(SocketMessage what, Reading message) {
    Call call = Call.capture(start.call().client());
    if (call.saysNothing()) {
      call = start.call().another();
    }
    return turn(call, message, what.lane(), what.eventId());
  }

  private SocketTurn turn(
      Call call, @Nullable Reading message, @Nullable String lane, @Nullable String eventId) {
    Reading request = new Reading();
    synchronized (this) {
      request.addUsage(before);
      request.add(wished);
      wished.text().copyTo(request.text());
    }
    if (message != null) {
      request.add(message);
      message.text().copyTo(request.text());
    }
    Exchange exchange =
        new Exchange(Start.now(call, start.route(), start.host(), start.port()), ledger, request);
    exchange.requestRead();
    exchange.requestSent();
    return new SocketTurn(exchange, lane, eventId);
  }

  /** Adds a response to those, and takes the oldest out where there are too many. */
  private static List<SocketTurn> add(SocketTurn turn, List<SocketTurn> to) {
    to.add(turn);
    return to.size() > MOST ? List.of(to.remove(0)) : List.of();
  }

  // What the application receives.

  /**
   * The application is about to be given a text, or a piece of one.
   *
   * @param last whether the text ends with it
   */
  public void received(CharSequence text, boolean last) {
    try {
      incoming.accept(text);
      Reading message = last ? incoming.end() : null;
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
    switch (what.kind()) {
      case SETTINGS -> {
        synchronized (this) {
          set.add(message);
        }
      }
      case BEGINS -> begins(what, message);
      case PART, SPOKEN -> {
        synchronized (this) {
          SocketTurn turn = find(begun, what);
          if (turn != null && !over) {
            turn.part(what.kind() == SocketMessage.Kind.SPOKEN);
            answer(turn, message);
          }
        }
      }
      case ENDS -> ends(what, message);
      case HEARD -> heard(message);
      case ERROR, REFUSAL -> failed(what, message);
      default -> {}
    }
  }

  private void begins(SocketMessage what, Reading message) {
    SocketTurn turn = next(what);
    List<SocketTurn> forgotten;
    synchronized (this) {
      if (over) {
        return;
      }
      begin(turn, what, message);
      forgotten = add(turn, begun);
    }
    forgotten.forEach(this::cutShort);
  }

  /** What was asked for first on that lane; else the provider begins by itself. */
  private SocketTurn next(SocketMessage what) {
    synchronized (this) {
      for (SocketTurn turn : asked) {
        if (turn.isOn(what.lane())) {
          asked.remove(turn);
          return turn;
        }
      }
    }
    return turn(start.call().another(), null, what.lane(), null);
  }

  private void begin(SocketTurn turn, SocketMessage what, Reading message) {
    turn.begins(what.responseId());
    turn.exchange.answered(SWITCHED);
    turn.exchange.response().add(set);
    answer(turn, message);
  }

  private static void answer(SocketTurn turn, Reading message) {
    turn.exchange.response().add(message);
    message.text().copyTo(turn.exchange.response().text());
  }

  private void ends(SocketMessage what, Reading message) {
    SocketTurn turn;
    synchronized (this) {
      turn = find(begun, what);
      begun.remove(turn);
    }
    boolean known = turn != null;
    if (turn == null) {
      turn = next(what);
    }
    synchronized (this) {
      if (over) {
        return;
      }
      if (known) {
        answer(turn, message);
      } else {
        begin(turn, what, message);
      }
      if (isConversation) {
        turn.exchange.response().text().copyTo(wished.text());
        before = message;
      }
    }
    turn.exchange.completed();
  }

  /** Another model's work, which nobody asked for by itself. */
  private void heard(Reading message) {
    Route route = SocketMessage.transcriptions(start.route());
    if (route == null) {
      return;
    }
    Reading request;
    synchronized (this) {
      if (over) {
        return;
      }
      request = SocketMessage.transcription(wished, set);
    }
    Call call = start.call().another();
    Exchange exchange =
        new Exchange(Start.now(call, route, start.host(), start.port()), ledger, request);
    exchange.requestSent();
    exchange.answered(SWITCHED);
    exchange.response().add(message);
    exchange.completed();
  }

  /**
   * An error answers what it names; where responses are all that there is, the one under way or
   * asked for on that lane.
   */
  private void failed(SocketMessage what, Reading message) {
    SocketTurn turn;
    boolean refused;
    synchronized (this) {
      turn = isConversation ? null : find(begun, what);
      begun.remove(turn);
      refused = turn == null;
      if (turn == null) {
        turn = refused(what);
        asked.remove(turn);
      }
      if (turn == null || over) {
        return;
      }
      answer(turn, message);
    }
    if (refused && what.httpStatus() > 0) {
      turn.exchange.answered(what.httpStatus());
    }
    turn.exchange.completed();
  }

  private @Nullable SocketTurn refused(SocketMessage what) {
    for (SocketTurn turn : asked) {
      if (what.eventId() != null && what.eventId().equals(turn.eventId)) {
        return turn;
      }
    }
    boolean any = !isConversation || what.kind() == SocketMessage.Kind.REFUSAL;
    return any && what.eventId() == null ? find(asked, what) : null;
  }

  private static @Nullable SocketTurn find(List<SocketTurn> among, SocketMessage what) {
    for (SocketTurn turn : among) {
      if (turn.is(what)) {
        return turn;
      }
    }
    return null;
  }

  // The end.

  /** The application closes the socket; what is under way may still come to its end. */
  public synchronized void closing() {
    closing = true;
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
      List<SocketTurn> left = new ArrayList<>();
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        left.addAll(begun);
        left.addAll(asked);
        begun.clear();
        asked.clear();
        wished.text().release();
        if (unclosed != null) {
          unclosed.forget();
        }
      }
      Exchanges.closed(this);
      left.forEach(turn -> cut(turn, code));
    } catch (Throwable fault) {
      Log.fault("ending a web socket", fault);
    }
  }

  private void cutShort(SocketTurn turn) {
    cut(turn, Failure.CANCELLED);
  }

  private void cut(SocketTurn turn, String code) {
    boolean mine;
    boolean heardSound;
    synchronized (this) {
      mine = closing;
      heardSound = sound;
    }
    turn.cut(heardSound);
    if (mine) {
      turn.exchange.abandoned();
    } else {
      turn.exchange.failed(code);
    }
  }
}
