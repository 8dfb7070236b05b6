package io.costattr.advice.urlconnection;

import io.costattr.advice.stream.Shown;
import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.Preview;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClient.writeRequests}, which writes a request's head, and its body where that was
 * buffered: one attempt. It comes again for the same connection after a redirect, with an answer to
 * a challenge, and when the JDK finds that the connection it had kept was dead.
 */
public final class SendAdvice {
  private SendAdvice() {}

  /**
   * The attempt, and where its request is written to instead when it is denied, or has baggage.
   *
   * @param head of the request
   * @param poster the buffered body, or null
   * @param server what is written to; the field of a superclass that no one else may name
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToFields(
      @Advice.AssignReturned.ToFields.ToField(
          value = "serverOutput",
          index = 1,
          declaringType = Object.class,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object @Nullable [] enter(
      @Advice.Argument(0) Object head,
      @Advice.Argument(1) @Nullable ByteArrayOutputStream poster,
      @Advice.FieldValue(value = "serverOutput", declaringType = Object.class) PrintStream server) {
    HttpURLConnection connection = Connections.current();
    if (connection == null) {
      return null;
    }
    Exchange before = Exchange.carriedBy(connection);
    if (before != null) {
      end(before);
    }
    Exchange exchange = Connections.open(connection);
    Addition baggage = OutgoingBaggage.isOn() ? Connections.baggage(connection) : null;
    PrintStream adding = baggage == null ? null : new AddingBaggage(server, baggage);
    if (exchange == null) {
      return adding == null ? null : new Object[] {null, adding};
    }
    exchange.carryWith(connection);
    if (exchange.objection(preview(head, poster)) instanceof Denial) {
      return new Object[] {exchange, new Swallowing(server)};
    }
    // Which lives as long as its streams do.
    exchange.watch(connection);
    return new Object[] {exchange, adding};
  }

  private static Preview preview(Object head, @Nullable ByteArrayOutputStream poster) {
    return Preview.of(
        Head.of(head),
        poster == null ? -1 : poster.size(),
        poster == null ? null : reader -> poster.writeTo(new Shown(reader)));
  }

  /** A response that is followed by another request is read no further. */
  private static void end(Exchange before) {
    if (before.isAnswered()) {
      before.abandoned();
    } else {
      before.failed(new SocketException());
    }
  }

  /**
   * Where later requests are written to, if this one has been swallowed as a whole; {@link
   * AnswerAdvice} sees to it when there is more to be swallowed.
   *
   * @param poster the buffered body, or null
   * @param streaming whether the body is yet to be written
   * @param server what was written to, which throws nothing when it breaks
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToFields(
      @Advice.AssignReturned.ToFields.ToField(
          value = "serverOutput",
          declaringType = Object.class,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object exit(
      @Advice.Enter @Nullable Object @Nullable [] entered,
      @Advice.Argument(1) @Nullable ByteArrayOutputStream poster,
      @Advice.FieldValue("streaming") boolean streaming,
      @Advice.FieldValue(value = "serverOutput", declaringType = Object.class) PrintStream server,
      @Advice.Thrown @Nullable Throwable thrown)
      throws IOException {
    if (server instanceof Swallowing swallowing) {
      return streaming ? null : swallowing.server();
    }
    PrintStream before = server instanceof AddingBaggage adding ? adding.server() : null;
    HttpURLConnection connection = Connections.current();
    if (entered == null || !(entered[0] instanceof Exchange exchange) || connection == null) {
      return before;
    }
    if (thrown != null) {
      exchange.failed(thrown);
    } else if (streaming) {
      exchange.requestBody(encoding(connection));
    } else if (poster != null && !server.checkError()) {
      ObservedBody body = exchange.requestBody(encoding(connection));
      poster.writeTo(new Shown(body));
      body.ended();
    }
    return before;
  }

  private static @Nullable String encoding(HttpURLConnection connection) {
    return connection.getRequestProperty("Content-Encoding");
  }
}
