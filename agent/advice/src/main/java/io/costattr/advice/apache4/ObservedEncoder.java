package io.costattr.advice.apache4;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.http.nio.ContentEncoder;
import org.apache.http.nio.FileContentEncoder;

/** Shows an observer what a connection takes of a request's body. */
class ObservedEncoder implements ContentEncoder {
  private final ContentEncoder encoder;
  private final ObservedBody observer;

  private ObservedEncoder(ContentEncoder encoder, ObservedBody observer) {
    this.encoder = encoder;
    this.observer = observer;
  }

  static ContentEncoder around(ContentEncoder encoder, ObservedBody observer) {
    return encoder instanceof FileContentEncoder files
        ? new OfFiles(files, observer)
        : new ObservedEncoder(encoder, observer);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    ByteBuffer written = source.duplicate();
    int count = encoder.write(source);
    written.limit(source.position());
    observer.accept(written);
    return count;
  }

  @Override
  public void complete() throws IOException {
    encoder.complete();
  }

  @Override
  public boolean isCompleted() {
    return encoder.isCompleted();
  }

  @Override
  public String toString() {
    return encoder.toString();
  }

  /** What a connection takes of a file is read there as well. */
  private static final class OfFiles extends ObservedEncoder implements FileContentEncoder {
    private final FileContentEncoder encoder;
    private final ObservedBody observer;

    OfFiles(FileContentEncoder encoder, ObservedBody observer) {
      super(encoder, observer);
      this.encoder = encoder;
      this.observer = observer;
    }

    @Override
    public long transfer(FileChannel source, long position, long count) throws IOException {
      long taken = encoder.transfer(source, position, count);
      FilePieces.show(source, position, taken, observer);
      return taken;
    }
  }
}
