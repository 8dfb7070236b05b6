package io.costattr.advice.jetty;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Who pays, in the head of a request while that is being written. */
final class AddedBaggage {
  private final HttpFields headers;
  private final List<String> before;

  private AddedBaggage(HttpFields headers, List<String> before) {
    this.headers = headers;
    this.before = before;
  }

  /**
   * Adds what an exchange of the library's carries.
   *
   * @return what undoes it; null when nothing was added
   */
  static @Nullable AddedBaggage put(Object sent) throws Throwable {
    Addition addition = OutgoingBaggage.isOn() ? OutgoingBaggage.carriedBy(sent) : null;
    if (addition == null) {
      return null;
    }
    HttpFields headers = Messages.requestHeaders(Messages.request(sent));
    List<String> before = headers.getValuesList(Addition.HEADER);
    String whole = addition.to(before);
    if (whole == null) {
      return null;
    }
    Messages.put(headers, Addition.HEADER, List.of(whole));
    return new AddedBaggage(headers, before);
  }

  /** The request is what it was, also for whoever copies it to follow a redirect. */
  void undo() throws Throwable {
    Messages.put(headers, Addition.HEADER, before);
  }
}
