package io.costattr.advice.serving;

import io.costattr.core.attribution.Bounds;
import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import org.jspecify.annotations.Nullable;

/**
 * A message that is given to a listener, by the topic or the queue that it came from. Nothing of
 * the message itself is read.
 */
abstract class Received extends Served {
  Received() {
    super(Source.JOB);
  }

  /** The name of the topic or the queue; null where there is none, or not one. */
  abstract @Nullable String from();

  @Override
  protected final @Nullable String route() {
    String from = from();
    return from == null || from.isBlank() || !Bounds.fits(from) ? null : "queue:" + from;
  }

  /** One from that topic or queue. */
  static Received from(@Nullable String name) {
    return new Received() {
      @Override
      @Nullable String from() {
        return name;
      }
    };
  }
}
