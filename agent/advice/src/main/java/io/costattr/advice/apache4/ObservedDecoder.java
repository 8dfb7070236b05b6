package io.costattr.advice.apache4;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.FileContentDecoder;

/** Shows an observer what the application takes of a response's body. */
class ObservedDecoder implements ContentDecoder {
  private final ContentDecoder decoder;
  private final ObservedBody observer;

  private ObservedDecoder(ContentDecoder decoder, ObservedBody observer) {
    this.decoder = decoder;
    this.observer = observer;
  }

  static ContentDecoder around(ContentDecoder decoder, ObservedBody observer) {
    return decoder instanceof FileContentDecoder files
        ? new ToFiles(files, observer)
        : new ObservedDecoder(decoder, observer);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    ByteBuffer read = target.duplicate();
    int count = decoder.read(target);
    read.limit(target.position());
    observer.accept(read);
    return count;
  }

  @Override
  public boolean isCompleted() {
    return decoder.isCompleted();
  }

  @Override
  public String toString() {
    return decoder.toString();
  }

  /** What goes into a file is read there as well. */
  private static final class ToFiles extends ObservedDecoder implements FileContentDecoder {
    private final FileContentDecoder decoder;
    private final ObservedBody observer;

    ToFiles(FileContentDecoder decoder, ObservedBody observer) {
      super(decoder, observer);
      this.decoder = decoder;
      this.observer = observer;
    }

    @Override
    public long transfer(FileChannel target, long position, long count) throws IOException {
      long taken = decoder.transfer(target, position, count);
      FilePieces.show(target, position, taken, observer);
      return taken;
    }
  }
}
