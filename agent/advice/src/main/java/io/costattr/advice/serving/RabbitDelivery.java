package io.costattr.advice.serving;

import io.costattr.core.Log;
import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import org.jspecify.annotations.Nullable;

/** A message that the client's workers are about to give to its consumer. */
final class RabbitDelivery {
  /** On the connection's thread, from where a message arrives to where it is queued. */
  private static final ThreadLocal<@Nullable RabbitDelivery> ARRIVING = new ThreadLocal<>();

  private final @Nullable String name;

  RabbitDelivery(@Nullable String name) {
    this.name = name;
  }

  /** It arrives on this thread. */
  void arrives() {
    ARRIVING.set(this);
  }

  static void arrived() {
    ARRIVING.remove();
  }

  /** The one that arrives on this thread; null for none. */
  static @Nullable RabbitDelivery arriving() {
    return ARRIVING.get();
  }

  /** Calls the consumer, as that does, with this in force. */
  Runnable around(Runnable consumer) {
    return () -> {
      Object entered = begin();
      try {
        consumer.run();
      } finally {
        end(entered);
      }
    };
  }

  private @Nullable Object begin() {
    try {
      return Served.begins(Source.JOB) ? Received.from(name).enter() : null;
    } catch (Throwable fault) {
      Log.fault("taking a message", fault);
      return null;
    }
  }

  private static void end(@Nullable Object entered) {
    try {
      Served.leave(entered);
    } catch (Throwable fault) {
      Log.fault("being done with a message", fault);
    }
  }
}
