package io.costattr.core.exchange;

import io.costattr.core.scan.BodyReader;

/** A request as its reader reads it, and its fingerprint. */
final class FingerprintedReader extends BodyReader {
  private final BodyReader reader;
  private final SipHash hash = Fingerprints.begin();

  FingerprintedReader(BodyReader reader) {
    this.reader = reader;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    hash.update(bytes, offset, length);
    reader.accept(bytes, offset, length);
  }

  @Override
  public void end() {
    reader.end();
  }

  /** A request is read to its end, also where nothing that matters can follow. */
  @Override
  public boolean complete() {
    return false;
  }

  /** Whether what was read was one whole document. */
  boolean isWhole() {
    return reader.complete();
  }

  /** Never 0; to be asked once. */
  long fingerprint() {
    long fingerprint = hash.digest();
    return fingerprint == 0 ? 1 : fingerprint;
  }
}
