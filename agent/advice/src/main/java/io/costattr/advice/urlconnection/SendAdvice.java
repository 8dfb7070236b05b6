package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClient.writeRequests}, which writes a request's head, and its body where that was
 * buffered: one attempt. It comes again for the same connection after a redirect, with an answer to
 * a challenge, and when the JDK finds that the connection it had kept was dead.
 */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    HttpURLConnection connection = Connections.current();
    if (connection == null) {
      return null;
    }
    Exchange before = Exchange.carriedBy(connection);
    if (before != null) {
      end(before);
    }
    Exchange exchange = Connections.open(connection);
    if (exchange != null) {
      exchange.carryWith(connection);
      // Which lives as long as its streams do.
      exchange.watch(connection);
    }
    return exchange;
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
   * @param poster the buffered body, or null
   * @param streaming whether the body is yet to be written
   * @param server what was written to, which throws nothing when it breaks; the field of a
   *     superclass that no one else may name
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Argument(1) @Nullable ByteArrayOutputStream poster,
      @Advice.FieldValue("streaming") boolean streaming,
      @Advice.FieldValue(value = "serverOutput", declaringType = Object.class) PrintStream server,
      @Advice.Thrown @Nullable Throwable thrown)
      throws IOException {
    HttpURLConnection connection = Connections.current();
    if (!(entered instanceof Exchange exchange) || connection == null) {
      return;
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
  }

  private static @Nullable String encoding(HttpURLConnection connection) {
    return connection.getRequestProperty("Content-Encoding");
  }

  /** Shows what is written to it. */
  private static final class Shown extends OutputStream {
    private final ObservedBody body;

    Shown(ObservedBody body) {
      this.body = body;
    }

    @Override
    public void write(int b) {
      body.accept(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      body.accept(bytes, offset, length);
    }
  }
}
