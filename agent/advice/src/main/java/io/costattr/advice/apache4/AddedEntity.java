package io.costattr.advice.apache4;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

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
