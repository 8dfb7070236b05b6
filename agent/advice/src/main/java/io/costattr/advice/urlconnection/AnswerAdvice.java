package io.costattr.advice.urlconnection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClient.parseHTTPHeader}, which begins to read a response: the answer to an attempt
 * that was denied is read in the place of what the connection would bring. It brings nothing, for
 * nothing was sent, so that it can be kept.
 */
public final class AnswerAdvice {
  private AnswerAdvice() {}

  /**
   * @param server what is read; the field of a superclass that no one else may name
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToFields(
      @Advice.AssignReturned.ToFields.ToField(
          value = "serverInput",
          declaringType = Object.class,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.FieldValue(value = "serverInput", declaringType = Object.class) InputStream server)
      throws IOException {
    HttpURLConnection connection = Connections.current();
    Exchange exchange = connection == null ? null : Exchange.carriedBy(connection);
    Denial denial = exchange == null ? null : exchange.denial();
    return denial == null ? null : new BufferedInputStream(new ByteArrayInputStream(wire(denial)));
  }

  /**
   * @param server where the next request is to be written to
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToFields(
      @Advice.AssignReturned.ToFields.ToField(
          value = "serverOutput",
          declaringType = Object.class,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object exit(
      @Advice.FieldValue(value = "serverOutput", declaringType = Object.class) PrintStream server) {
    return server instanceof Swallowing swallowing ? swallowing.server() : null;
  }

  private static byte[] wire(Denial denial) throws IOException {
    StringBuilder head =
        new StringBuilder("HTTP/1.1 ")
            .append(Denial.STATUS)
            .append(' ')
            .append(Denial.REASON)
            .append("\r\n");
    for (Denial.Header header : denial.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    wire.write(denial.body());
    return wire.toByteArray();
  }
}
