package io.costattr.advice.apache5;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Who pays, on its way in a request's head. */
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
   * Adds it to a request while that is being sent on this thread.
   *
   * @param sending what is entered for the request besides
   * @return what {@link #undo} wants
   */
  static @Nullable Object put(
      HttpRequest request, @Nullable HttpHost target, @Nullable Object sending) {
    String whole = OutgoingBaggage.isOn() ? whole(request, target) : null;
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

  /** A request with it, for later on another thread; null when nothing is to be added. */
  static @Nullable HttpRequest copy(HttpRequest request, HttpHost target) {
    String whole = whole(request, target);
    if (whole == null) {
      return null;
    }
    BasicHttpRequest copy =
        new BasicHttpRequest(request.getMethod(), (String) null) {
          private static final long serialVersionUID = 1L;

          @Override
          public String getRequestUri() {
            return request.getRequestUri();
          }
        };
    copy.setScheme(request.getScheme());
    copy.setAuthority(request.getAuthority());
    copy.setPath(request.getPath());
    copy.setVersion(request.getVersion());
    copy.setHeaders(request.getHeaders());
    copy.removeHeaders(Addition.HEADER);
    copy.addHeader(Addition.HEADER, whole);
    return copy;
  }

  private static @Nullable String whole(HttpRequest request, @Nullable HttpHost target) {
    if (target == null || CONNECT.equalsIgnoreCase(request.getMethod())) {
      return null;
    }
    Addition addition = OutgoingBaggage.of(target.getHostName(), Apache5.port(target));
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
