package io.costattr.advice.reactornetty;

import io.costattr.core.exchange.Exchange;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/**
 * Both sides of a connection, or of a stream of HTTP/2. The exchange travels with its channel,
 * which lives on, and not with the library's operations, which are made anew for each request.
 */
final class Wire {
  private Wire() {}

  /** The exchange of those operations, while they are what the channel is used for; else null. */
  static @Nullable Exchange exchange(Object operations) {
    return operations instanceof ChannelOperations<?, ?> own
            && ChannelOperations.get(own.channel()) == own
        ? Exchange.carriedBy(own.channel())
        : null;
  }
}
