package io.costattr.advice.jdksocket;

import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.SocketSession;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** At {@code BuilderImpl.buildAsync}, on the thread that opens the socket. */
public final class BuildAdvice {
  private static final String CLIENT = "java.net.http " + System.getProperty("java.version");

  private BuildAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 1, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.This Object builder,
      @Advice.Argument(0) @Nullable URI uri,
      @Advice.Argument(1) WebSocket.@Nullable Listener listener) {
    if (uri == null || listener == null) {
      return null;
    }
    String path = uri.getRawPath();
    String host = uri.getHost();
    if (path == null || host == null) {
      return null;
    }
    int port = uri.getPort();
    if (port < 0) {
      port = "ws".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }
    SocketSession session =
        Exchanges.openSocket(CLIENT, host, port, path, uri.getRawQuery(), HeaderAdvice.of(builder));
    return session == null ? null : new ObservedListener(listener, session);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Return @Nullable CompletableFuture<?> returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (!(entered instanceof ObservedListener listener)) {
      return;
    }
    if (thrown != null) {
      listener.neverOpened(thrown);
    } else if (returned != null) {
      CompletableFuture<?> unused =
          returned.whenComplete(
              (socket, failure) -> {
                if (failure != null) {
                  listener.neverOpened(failure);
                }
              });
    }
  }
}
