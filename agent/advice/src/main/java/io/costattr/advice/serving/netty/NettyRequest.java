package io.costattr.advice.serving.netty;

import io.costattr.advice.serving.SocketPeer;
import io.costattr.core.attribution.ReadRequest;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of a request, as it was decoded. */
final class NettyRequest extends ReadRequest {
  private final HttpRequest head;

  /** Not the channel, which knows the decoder by which this is found. */
  private final @Nullable SocketAddress remote;

  NettyRequest(HttpRequest head, @Nullable SocketAddress remote) {
    this.head = head;
    this.remote = remote;
  }

  @Override
  public List<String> headers(String name) {
    return head.headers().getAll(name);
  }

  /** As it was sent, also where a proxy has the whole address sent. */
  @Override
  public @Nullable String path() {
    String uri = head.uri();
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
    int from = scheme < 0 ? 0 : uri.indexOf('/', scheme + 3);
    int query = uri.indexOf('?');
    int to = query < 0 ? uri.length() : query;
    return from < 0 || from >= to ? "/" : uri.substring(from, to);
  }

  @Override
  public @Nullable String method() {
    return head.method().name();
  }

  @Override
  public @Nullable String peer() {
    return SocketPeer.address(remote);
  }
}
