package io.costattr.export.spool;

/** Where an event lies. Immutable. */
public final class Place {
  private final Segment segment;
  private final int index;

  Place(Segment segment, int index) {
    this.segment = segment;
    this.index = index;
  }

  Segment segment() {
    return segment;
  }

  int index() {
    return index;
  }

  /** Whether it is still there. Any thread. */
  public boolean isKept() {
    return !segment.isGone();
  }
}
