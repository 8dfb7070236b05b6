package io.costattr.advice.netty;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who pays, in the head of a request while that is encoded: before and after it the application
 * finds what it has put there.
 */
final class AddedBaggage {
  private final HttpHeaders headers;
  private final List<String> before;

  private AddedBaggage(HttpHeaders headers, List<String> before) {
    this.headers = headers;
    this.before = before;
  }

  /**
   * Adds what the channel carries to a message that is a request's head.
   *
   * @return what undoes it; null when nothing was added
   */
  // What is deprecated is all that Netty 4.0 has.
  @SuppressWarnings("deprecation")
  static @Nullable AddedBaggage put(
      @Nullable ChannelHandlerContext context, @Nullable Object message) {
    if (!OutgoingBaggage.isOn()
        || context == null
        || !(message instanceof HttpRequest head)
        || HttpMethod.CONNECT.equals(head.getMethod())) {
      return null;
    }
    Addition addition = OutgoingBaggage.carriedBy(context.channel());
    if (addition == null) {
      return null;
    }
    HttpHeaders headers = head.headers();
    List<String> before = headers.getAll(Addition.HEADER);
    String whole = addition.to(before);
    if (whole == null) {
      return null;
    }
    headers.set(Addition.HEADER, whole);
    return new AddedBaggage(headers, before);
  }

  /** The request is what it was. */
  void undo() {
    if (before.isEmpty()) {
      headers.remove(Addition.HEADER);
    } else {
      headers.set(Addition.HEADER, before);
    }
  }
}
