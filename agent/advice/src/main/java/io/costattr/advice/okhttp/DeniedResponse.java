package io.costattr.advice.okhttp;

import io.costattr.core.exchange.Denial;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;

/** An answer in the provider's place, as OkHttp's own object. */
final class DeniedResponse {
  private DeniedResponse() {}

  /**
   * As the network would have it: interceptors and callers look at more than the status.
   *
   * @param request the one that was not sent
   */
  static Response of(Denial denial, Request request) {
    long now = System.currentTimeMillis();
    Response.Builder head =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(Denial.STATUS)
            .message(Denial.REASON)
            .sentRequestAtMillis(now)
            .receivedResponseAtMillis(now);
    for (Denial.Header header : denial.headers()) {
      head.addHeader(header.name(), header.value());
    }
    // Without body, as that of a response that came over the network.
    return head.networkResponse(head.build()).body(body(denial)).build();
  }

  /** The order of these arguments is the one that all versions of the library have. */
  @SuppressWarnings("deprecation")
  private static ResponseBody body(Denial denial) {
    Source bytes = new Buffer().write(denial.body());
    // What is closed can be read no more, which a buffer alone does not know.
    return ResponseBody.create(
        MediaType.parse(denial.contentType()), denial.body().length, Okio.buffer(bytes));
  }
}
