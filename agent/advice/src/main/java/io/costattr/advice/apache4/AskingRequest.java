package io.costattr.advice.apache4;

import io.costattr.core.Log;
import io.costattr.core.exchange.Amendment;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request that asks for the usage of a stream as well, or for less, only while it is being sent:
 * the library's own copy of the application's, changed and changed back.
 */
final class AskingRequest {
  /**
   * What the library adds by itself when it is to decode the answer, see {@code
   * RequestAcceptEncoding}.
   */
  private static final String OWN_ENCODINGS = "gzip,deflate";

  private final HttpEntityEnclosingRequest request;
  private final HttpEntity entity;
  private final @Nullable Header length;
  private final @Nullable Header encodings;

  private AskingRequest(HttpEntityEnclosingRequest request, HttpEntity entity) {
    this.request = request;
    this.entity = entity;
    this.length = request.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
    this.encodings = request.getFirstHeader(HttpHeaders.ACCEPT_ENCODING);
  }

  /** Lets the request ask; null when it is to be sent as it is. */
  static @Nullable AskingRequest put(HttpRequest sent, Exchange exchange) {
    try {
      if (!(sent instanceof HttpEntityEnclosingRequest request)) {
        return null;
      }
      HttpEntity entity = request.getEntity();
      if (entity == null
          || !Amendment.isWanted(exchange, entity.getContentLength(), application(request))
          || !entity.isRepeatable()) {
        return null;
      }
      ByteArrayOutputStream copy = new ByteArrayOutputStream((int) entity.getContentLength());
      entity.writeTo(copy);
      byte[] added = Amendment.of(exchange, copy.toByteArray(), application(request));
      if (added == null) {
        return null;
      }
      AskingRequest asking = new AskingRequest(request, entity);
      request.setEntity(new AddedEntity(entity, added));
      if (asking.length != null) {
        request.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(added.length));
      }
      if (asking.encodings != null) {
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
      }
      return asking;
    } catch (IOException | RuntimeException fault) {
      // What the entity throws it throws again when it is sent.
      Log.debug("no usage is asked for: " + fault);
      return null;
    }
  }

  /** The request is what it was. */
  void undo() {
    request.setEntity(entity);
    if (length != null) {
      request.setHeader(length);
    }
    if (encodings != null) {
      request.setHeader(encodings);
    }
  }

  /** The head of a request, but for what the library has put there. */
  private static Headers application(HttpRequest request) {
    Headers all = Apache4.headers(request);
    return name -> {
      String value = all.first(name);
      boolean own = "accept-encoding".equals(name) && OWN_ENCODINGS.equals(value);
      return own ? null : value;
    };
  }
}
