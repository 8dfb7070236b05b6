package io.costattr.advice.apache4;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.RouteInfo;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Who pays, in the head of a request while that is being sent. */
final class AddedBaggage {
  private static final String CONNECT = "CONNECT";

  private final HttpRequest request;
  private final Header[] before;

  private AddedBaggage(HttpRequest request) {
    this.request = request;
    this.before = request.getHeaders(Addition.HEADER);
  }

  /**
   * Adds it to the library's own copy of a request, which this thread's call makes.
   *
   * @return what undoes it; null when nothing was added
   */
  static @Nullable AddedBaggage put(HttpRequest request, HttpContext context) {
    if (!OutgoingBaggage.isOn()
        || CONNECT.equalsIgnoreCase(request.getRequestLine().getMethod())
        || !(context.getAttribute(HttpClientContext.HTTP_ROUTE) instanceof RouteInfo route)) {
      return null;
    }
    return put(
        request,
        OutgoingBaggage.of(
            route.getTargetHost().getHostName(), Apache4.port(route.getTargetHost())));
  }

  /**
   * Adds that to the library's own copy of a request.
   *
   * @return what undoes it; null when nothing was added
   */
  static @Nullable AddedBaggage put(HttpRequest request, @Nullable Addition addition) {
    if (addition == null) {
      return null;
    }
    AddedBaggage added = new AddedBaggage(request);
    String whole = addition.to(added.present());
    if (whole == null) {
      return null;
    }
    request.removeHeaders(Addition.HEADER);
    request.addHeader(Addition.HEADER, whole);
    return added;
  }

  private List<String> present() {
    List<String> present = new ArrayList<>();
    for (Header header : before) {
      present.add(header.getValue() == null ? "" : header.getValue());
    }
    return present;
  }

  /** The request is what it was. */
  void undo() {
    request.removeHeaders(Addition.HEADER);
    for (Header header : before) {
      request.addHeader(header);
    }
  }
}
