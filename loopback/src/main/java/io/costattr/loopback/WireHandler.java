package io.costattr.loopback;

/** Answers one request. Called on the thread of the connection; may be called by many at once. */
@FunctionalInterface
public interface WireHandler {

  /**
   * Answers {@code request} through {@code reply}. A reply left open is ended as its framing asks.
   *
   * @throws Exception whatever goes wrong; a reply not yet begun becomes a 500, another is cut off
   */
  void handle(WireRequest request, Reply reply) throws Exception;
}
