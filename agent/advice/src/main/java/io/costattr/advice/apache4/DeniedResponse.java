package io.costattr.advice.apache4;

import io.costattr.core.exchange.Denial;
import java.io.ByteArrayInputStream;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.entity.BasicHttpEntity;
import org.apache.http.message.BasicHttpResponse;

/** An answer in the provider's place; behind it is no connection that could be released. */
final class DeniedResponse extends BasicHttpResponse implements CloseableHttpResponse {

  DeniedResponse(Denial denial) {
    super(HttpVersion.HTTP_1_1, Denial.STATUS, Denial.REASON);
    for (Denial.Header header : denial.headers()) {
      addHeader(header.name(), header.value());
    }
    BasicHttpEntity entity = new BasicHttpEntity();
    entity.setContent(new ByteArrayInputStream(denial.body()));
    entity.setContentLength(denial.body().length);
    entity.setContentType(getFirstHeader("content-type"));
    setEntity(entity);
  }

  @Override
  public void close() {}
}
