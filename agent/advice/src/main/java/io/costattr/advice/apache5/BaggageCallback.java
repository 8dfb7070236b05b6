package io.costattr.advice.apache5;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/** Takes who pays away from a request again, before anybody is told of its answer. */
record BaggageCallback(AsyncExecCallback callback, Object added) implements AsyncExecCallback {

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails details) throws HttpException, IOException {
    undo();
    return callback.handleResponse(response, details);
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    callback.handleInformationResponse(response);
  }

  @Override
  public void completed() {
    callback.completed();
  }

  @Override
  public void failed(Exception cause) {
    undo();
    callback.failed(cause);
  }

  private void undo() {
    Object unused = AddedBaggage.undo(added);
  }
}
