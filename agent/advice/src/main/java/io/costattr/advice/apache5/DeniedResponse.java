package io.costattr.advice.apache5;

import io.costattr.core.exchange.Denial;
import java.io.ByteArrayInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;

/** An answer in the provider's place, as the library's own objects. */
final class DeniedResponse {
  private DeniedResponse() {}

  /** What a connection would have given to the blocking client. */
  static ClassicHttpResponse of(Denial denial) {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(Denial.STATUS, Denial.REASON);
    fill(response, denial);
    response.setEntity(
        new InputStreamEntity(
            new ByteArrayInputStream(denial.body()), denial.body().length, type(denial)));
    return response;
  }

  /** What a connection would have given to an asynchronous client, before the body. */
  static HttpResponse headOf(Denial denial) {
    BasicHttpResponse response = new BasicHttpResponse(Denial.STATUS, Denial.REASON);
    fill(response, denial);
    return response;
  }

  static EntityDetails details(Denial denial) {
    return new BasicEntityDetails(denial.body().length, type(denial));
  }

  private static ContentType type(Denial denial) {
    return ContentType.parse(denial.contentType());
  }

  private static void fill(HttpMessage response, Denial denial) {
    response.setVersion(HttpVersion.HTTP_1_1);
    for (Denial.Header header : denial.headers()) {
      response.addHeader(header.name(), header.value());
    }
  }
}
