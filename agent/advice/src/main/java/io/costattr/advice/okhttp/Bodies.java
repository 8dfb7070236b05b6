package io.costattr.advice.okhttp;

import io.costattr.core.exchange.Preview;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;

/** Which bodies can be read before they are sent. */
final class Bodies {
  /**
   * OkHttp's own of bytes, strings and files, and those that the generated SDKs and Retrofit make.
   * An application's own may count how often it is written.
   */
  private static final String[] READABLE = {
    "okhttp3.RequestBody$",
    "com.openai.client.okhttp.",
    "com.anthropic.client.okhttp.",
    "retrofit2.RequestBuilder$ContentTypeOverridingRequestBody"
  };

  private static final ClassValue<Boolean> IS_READABLE =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (String readable : READABLE) {
            if (type.getName().startsWith(readable)) {
              return true;
            }
          }
          return false;
        }
      };

  private Bodies() {}

  /** What that request says. */
  static Preview preview(Request request) {
    RequestBody body = request.body();
    return body == null
        ? Preview.ofHead(request::header, 0)
        : Preview.of(request::header, length(body), isReadable(body) ? show(body) : null);
  }

  private static Preview.Body show(RequestBody body) {
    return reader -> {
      Buffer copy = new Buffer();
      body.writeTo(copy);
      new SegmentReader().show(copy, 0, copy.size(), reader);
    };
  }

  private static boolean isReadable(RequestBody body) {
    try {
      return IS_READABLE.get(body.getClass()) && !body.isOneShot() && !body.isDuplex();
    } catch (LinkageError older) {
      // 3.12 has no such bodies.
      return true;
    }
  }

  private static long length(RequestBody body) {
    try {
      return body.contentLength();
    } catch (IOException unknown) {
      return -1;
    }
  }
}
