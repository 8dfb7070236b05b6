package io.costattr.it.differential;

import static io.costattr.it.differential.JdkCases.CLIENT;

import io.costattr.it.differential.SocketShape.Line;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Web sockets of java.net.http. */
final class JdkSockets {
  private JdkSockets() {}

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (SocketShape shape : SocketShape.all()) {
      all.add(of("socket/", shape, false));
      all.add(of("socket-late/", shape, true));
    }
    return all;
  }

  private static Case of(String name, SocketShape shape, boolean late) {
    return new Case(
        name + shape.name(), shape.script(), world -> hold(world, shape, late), shape.ledger());
  }

  private static void hold(World world, SocketShape shape, boolean late) throws Exception {
    Listener listener = new Listener(world, shape, late);
    URI uri = URI.create(world.url(shape.path()).replace("http:", "ws:"));
    CompletableFuture<WebSocket> opening =
        CLIENT
            .newWebSocketBuilder()
            .header("Authorization", "Bearer secret")
            .buildAsync(uri, listener);
    WebSocket socket;
    try {
      socket = opening.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      world.seen.failure("opening", e);
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        world.seen.say("response", refused.getResponse());
        world.seen.say("body", refused.getResponse().body());
      }
      return;
    }
    boolean ended = listener.over.await(30, TimeUnit.SECONDS);
    world.seen.say("ended", ended);
    world.seen.say("opening", opening.getClass());
    world.seen.say("the same socket", listener.socket == socket);
    world.seen.say("socket", socket);
    world.seen.say("kept", world.kept);
    // Whether the other half is closed already when the listener is told is chance.
    world.seen.chance();
    world.seen.say("closed", socket.isInputClosed() + " " + socket.isOutputClosed());
  }

  /** Asks for one piece at a time; a late one says only later that it is done with it. */
  private static final class Listener implements WebSocket.Listener {
    final CountDownLatch over = new CountDownLatch(1);
    private final World world;
    private final SocketShape shape;
    private final boolean late;
    private final StringBuilder text = new StringBuilder();
    volatile WebSocket socket;

    Listener(World world, SocketShape shape, boolean late) {
      this.world = world;
      this.shape = shape;
      this.late = late;
    }

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      world.seen.eitherThread("onOpen");
      opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket spoken, CharSequence piece, boolean last) {
      text.append(piece);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        world.seen.eitherThread("onText");
        world.seen.body("text", whole);
        world.seen.say("piece", piece.getClass());
        world.seen.say("of the same socket", spoken == socket);
        try {
          shape.reaction().on(whole, new JdkLine(world, spoken, over, late));
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          world.seen.failure("reaction", e);
        }
      }
      if (!late) {
        spoken.request(1);
        return null;
      }
      return CompletableFuture.runAsync(() -> spoken.request(1));
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket spoken, ByteBuffer data, boolean last) {
      world.seen.say("bytes", data.remaining() + " " + last);
      spoken.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket spoken, ByteBuffer message) {
      world.seen.say("ping", message.remaining());
      spoken.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket closed, int code, String reason) {
      world.seen.eitherThread("onClose");
      world.seen.say("closed", code + " " + reason);
      over.countDown();
      return null;
    }

    @Override
    public void onError(WebSocket failed, Throwable failure) {
      world.seen.eitherThread("onError");
      world.seen.failure("socket", failure);
      over.countDown();
    }
  }

  private record JdkLine(World world, WebSocket socket, CountDownLatch over, boolean inPieces)
      implements Line {
    @Override
    public void send(String text) throws Exception {
      if (!inPieces) {
        answer("sent", socket.sendText(text, true));
        return;
      }
      CharBuffer buffer = CharBuffer.wrap(text);
      int half = text.length() / 2;
      answer("sent", socket.sendText(buffer.subSequence(0, half), false));
      buffer.position(half);
      answer("sent", socket.sendText(buffer, true));
      world.seen.say("buffer", buffer.position() + " " + buffer.limit());
    }

    @Override
    public void close(int code) throws Exception {
      answer("closes", socket.sendClose(code, "enough"));
      CompletableFuture<WebSocket> behind = socket.sendText(SocketShape.ASK, true);
      try {
        behind.join();
      } catch (CompletionException e) {
        world.seen.failure("sent behind the end", e);
      }
    }

    @Override
    public void closeWrongly() {
      try {
        socket.sendClose(2000, "enough").join();
      } catch (CompletionException e) {
        world.seen.failure("closing", e);
      }
    }

    private void answer(String what, CompletableFuture<WebSocket> sent) throws Exception {
      world.seen.say(what, sent.get(30, TimeUnit.SECONDS) == socket);
      world.seen.say(what + " by", sent.getClass());
    }

    @Override
    public void cancel() {
      socket.abort();
      over.countDown();
    }
  }
}
