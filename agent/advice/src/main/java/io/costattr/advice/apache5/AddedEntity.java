package io.costattr.advice.apache5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An entity with other bytes. */
final class AddedEntity extends HttpEntityWrapper {
  private final byte[] bytes;

  AddedEntity(HttpEntity entity, byte[] bytes) {
    super(entity);
    this.bytes = bytes;
  }

  @Override
  public long getContentLength() {
    return bytes.length;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    stream.write(bytes);
  }
}
