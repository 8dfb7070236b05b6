package io.costattr.advice.okhttpsocket;

import io.costattr.advice.okhttp.OkHttpVersion;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.SocketSession;
import net.bytebuddy.asm.Advice;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.WebSocket;

/** At {@code RealWebSocket.connect}, on the thread that opens the socket. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This WebSocket socket) {
    Request request = socket.request();
    HttpUrl url = request.url();
    SocketSession session =
        Exchanges.openSocket(
            OkHttpVersion.CLIENT,
            url.host(),
            url.port(),
            url.encodedPath(),
            url.encodedQuery(),
            request::header);
    if (session != null) {
      session.carryWith(socket);
    }
  }
}
