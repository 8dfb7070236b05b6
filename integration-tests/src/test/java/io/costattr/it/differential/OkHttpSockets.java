package io.costattr.it.differential;

import io.costattr.it.differential.SocketShape.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** Web sockets of OkHttp. */
final class OkHttpSockets {
  private OkHttpSockets() {}

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (SocketShape shape : SocketShape.all()) {
      all.add(
          new Case(
              "socket/" + shape.name(),
              shape.script(),
              world -> hold(world, world.url(shape.path()), shape),
              shape.ledger()));
    }
    return all;
  }

  private static void hold(World world, String url, SocketShape shape) throws Exception {
    OkHttpClient client = new OkHttpClient();
    Request request =
        new Request.Builder().url(url).header("Authorization", "Bearer secret").build();
    Listener listener = new Listener(world, shape);
    WebSocket socket = client.newWebSocket(request, listener);
    boolean ended = listener.over.await(30, TimeUnit.SECONDS);
    world.seen.say("ended", ended);
    world.seen.say("the same socket", listener.socket == socket);
    world.seen.say("request", socket.request());
    world.seen.say("sent behind the end", socket.send(SocketShape.ASK));
    world.seen.say("closed behind the end", socket.close(1000, "again"));
    world.seen.say("kept", world.kept);
    client.dispatcher().executorService().shutdown();
  }

  private static final class Listener extends WebSocketListener {
    final CountDownLatch over = new CountDownLatch(1);
    private final World world;
    private final SocketShape shape;
    volatile WebSocket socket;

    Listener(World world, SocketShape shape) {
      this.world = world;
      this.shape = shape;
    }

    @Override
    public void onOpen(WebSocket opened, Response response) {
      socket = opened;
      world.seen.thread("onOpen");
      world.seen.say("opened", response.code() + " " + response.message());
    }

    @Override
    public void onMessage(WebSocket spoken, String text) {
      world.seen.thread("onMessage");
      world.seen.body("text", text);
      world.seen.say("of the same socket", spoken == socket);
      try {
        shape.reaction().on(text, new OkHttpLine(world, spoken));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        world.seen.failure("reaction", e);
      }
    }

    @Override
    public void onMessage(WebSocket spoken, ByteString bytes) {
      world.seen.say("bytes", bytes.hex());
    }

    @Override
    public void onClosing(WebSocket closing, int code, String reason) {
      world.seen.thread("onClosing");
      world.seen.say("closing", code + " " + reason);
      closing.close(1000, "bye");
    }

    @Override
    public void onClosed(WebSocket closed, int code, String reason) {
      world.seen.thread("onClosed");
      world.seen.say("closed", code + " " + reason);
      over.countDown();
    }

    @Override
    public void onFailure(WebSocket failed, Throwable failure, Response response) {
      socket = failed;
      world.seen.thread("onFailure");
      world.seen.failure("socket", failure);
      world.seen.say("response", response);
      over.countDown();
    }
  }

  private record OkHttpLine(World world, WebSocket socket) implements Line {
    @Override
    public void send(String text) {
      world.seen.say("sent", socket.send(text));
    }

    @Override
    public void close(int code) {
      world.seen.say("closes", socket.close(code, "enough"));
    }

    @Override
    public void closeWrongly() {
      try {
        socket.close(2000, "enough");
      } catch (IllegalArgumentException e) {
        world.seen.failure("closing", e);
      }
    }

    @Override
    public void cancel() {
      socket.cancel();
    }
  }
}
