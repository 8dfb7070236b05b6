package io.costattr.advice.apache5;

import io.costattr.core.exchange.Denial;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Gives an answer to whoever handles an exchange, as a connection would that has received it in one
 * piece, before anything of the request's body was asked for.
 */
final class AsyncAnswer implements Runnable {
  private final Denial denial;
  private final AsyncClientExchangeHandler handler;
  private final HttpContext context;
  private final boolean asks;

  /**
   * @param asks whether the handler has not been asked for its request yet
   */
  AsyncAnswer(
      Denial denial, AsyncClientExchangeHandler handler, HttpContext context, boolean asks) {
    this.denial = denial;
    this.handler = handler;
    this.context = context;
    this.asks = asks;
  }

  @Override
  public void run() {
    try {
      give();
    } catch (HttpException | IOException | RuntimeException failure) {
      handler.failed(failure);
    } finally {
      handler.releaseResources();
    }
  }

  private void give() throws HttpException, IOException {
    if (asks) {
      handler.produceRequest((request, entity, own) -> {}, context);
    }
    handler.consumeResponse(DeniedResponse.headOf(denial), DeniedResponse.details(denial), context);
    handler.consume(ByteBuffer.wrap(denial.body()).asReadOnlyBuffer());
    handler.streamEnd(null);
  }
}
