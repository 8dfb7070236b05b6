package io.costattr.advice.stream;

import io.costattr.core.exchange.ObservedBody;
import java.io.OutputStream;

/** Shows what is written to it, and keeps nothing. */
public final class Shown extends OutputStream {
  private final ObservedBody body;

  public Shown(ObservedBody body) {
    this.body = body;
  }

  @Override
  public void write(int b) {
    body.accept(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    body.accept(bytes, offset, length);
  }
}
