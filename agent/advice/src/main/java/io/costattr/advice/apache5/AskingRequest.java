package io.costattr.advice.apache5;

import io.costattr.core.Log;
import io.costattr.core.exchange.Amendment;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A request that asks for the usage of a stream as well, or for less, only while it is being sent:
 * the library's own copy of the application's, changed and changed back.
 */
final class AskingRequest {
  /** In what the library adds by itself when it is to decode the answer, in every version. */
  private static final String OWN_ENCODINGS = "x-gzip";

  private final ClassicHttpRequest request;
  private final HttpEntity entity;
  private final @Nullable Header length;
  private final @Nullable Header encodings;

  private AskingRequest(ClassicHttpRequest request, HttpEntity entity) {
    this.request = request;
    this.entity = entity;
    this.length = request.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
    this.encodings = request.getFirstHeader(HttpHeaders.ACCEPT_ENCODING);
  }

  /** Lets the request ask; null when it is to be sent as it is. */
  static @Nullable AskingRequest put(ClassicHttpRequest request, Exchange exchange) {
    try {
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
  private static Headers application(ClassicHttpRequest request) {
    Headers all = Apache5.headers(request);
    return name -> {
      String value = all.first(name);
      boolean own =
          value != null && "accept-encoding".equals(name) && value.contains(OWN_ENCODINGS);
      return own ? null : value;
    };
  }
}
