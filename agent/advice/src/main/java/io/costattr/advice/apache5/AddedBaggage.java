package io.costattr.advice.apache5;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Who pays, in the head of a request while that is being sent. */
final class AddedBaggage {
  private static final String CONNECT = "CONNECT";

  private final HttpRequest request;
  private final Header[] before;
  private final @Nullable Object sending;

  private AddedBaggage(HttpRequest request, @Nullable Object sending) {
    this.request = request;
    this.before = request.getHeaders(Addition.HEADER);
    this.sending = sending;
  }

  /**
   * Adds it to a request that is about to be sent.
   *
   * @param carrier what all attempts of a call share, where they are not all made on the thread
   *     that makes the call; else null
   * @param sending what is entered for the request besides
   * @return what {@link #undo} wants
   */
  static @Nullable Object put(
      HttpRequest request,
      @Nullable HttpHost target,
      @Nullable Object carrier,
      @Nullable Object sending) {
    String whole = OutgoingBaggage.isOn() ? whole(request, target, carrier) : null;
    if (whole == null) {
      return sending;
    }
    AddedBaggage added = new AddedBaggage(request, sending);
    request.removeHeaders(Addition.HEADER);
    request.addHeader(Addition.HEADER, whole);
    return added;
  }

  /**
   * The request is what it was.
   *
   * @return what was entered besides
   */
  static @Nullable Object undo(@Nullable Object entered) {
    if (!(entered instanceof AddedBaggage added)) {
      return entered;
    }
    added.request.removeHeaders(Addition.HEADER);
    for (Header header : added.before) {
      added.request.addHeader(header);
    }
    return added.sending;
  }

  private static @Nullable String whole(
      HttpRequest request, @Nullable HttpHost target, @Nullable Object carrier) {
    if (target == null || CONNECT.equalsIgnoreCase(request.getMethod())) {
      return null;
    }
    String host = target.getHostName();
    int port = Apache5.port(target);
    Addition addition =
        carrier == null ? OutgoingBaggage.of(host, port) : OutgoingBaggage.of(host, port, carrier);
    if (addition == null) {
      return null;
    }
    List<String> present = new ArrayList<>();
    for (Header header : request.getHeaders(Addition.HEADER)) {
      present.add(header.getValue() == null ? "" : header.getValue());
    }
    return addition.to(present);
  }
}
