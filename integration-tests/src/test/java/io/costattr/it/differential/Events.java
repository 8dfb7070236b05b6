package io.costattr.it.differential;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;

/** Notes the events of an OkHttp call as an application's own listener gets them. */
final class Events extends EventListener {
  private final World world;

  Events(World world) {
    this.world = world;
  }

  private void say(String event) {
    world.seen.thread("event " + event);
  }

  @Override
  public void callStart(Call call) {
    say("callStart");
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    say("requestHeadersEnd");
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    say("requestBodyEnd " + byteCount);
  }

  @Override
  public void requestFailed(Call call, IOException e) {
    say("requestFailed " + e);
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    say("responseHeadersEnd " + response.code());
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    say("responseBodyEnd " + byteCount);
  }

  @Override
  public void responseFailed(Call call, IOException e) {
    say("responseFailed " + e.getClass());
  }

  @Override
  public void callEnd(Call call) {
    say("callEnd");
  }

  @Override
  public void callFailed(Call call, IOException e) {
    say("callFailed " + e.getClass());
  }
}
