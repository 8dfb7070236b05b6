package io.costattr.advice.apache4;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.Target;
import java.net.URI;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpMessage;
import org.apache.http.HttpRequest;
import org.apache.http.RequestLine;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.util.VersionInfo;
import org.jspecify.annotations.Nullable;

/** What the hooks of this library have in common. */
final class Apache4 {
  /**
   * For example {@code apache-httpclient 4.5.14}; without version where its properties are gone.
   */
  static final String CLIENT =
      client("apache-httpclient", "org.apache.http.client", HttpRoute.class);

  private Apache4() {}

  /** Opens the exchange of a request to that host; null when it is none of ours. */
  static @Nullable Exchange open(@Nullable HttpHost target, HttpRequest request) {
    return open(CLIENT, target, request, null);
  }

  /**
   * As {@link #open(HttpHost, HttpRequest)}.
   *
   * @param carrier shared by all attempts of a call, where no thread is; or null
   */
  static @Nullable Exchange open(
      String client, @Nullable HttpHost target, HttpRequest request, @Nullable Object carrier) {
    RequestLine line = request.getRequestLine();
    String path = path(line.getUri());
    return target == null || path == null
        ? null
        : Exchanges.open(
            client, line.getMethod(), target.getHostName(), port(target), path, carrier);
  }

  /** Whether the policy refuses it; null when it does not. */
  static @Nullable Rejection rejection(@Nullable HttpHost target, HttpRequest request) {
    return rejection(CLIENT, target, request);
  }

  /** As {@link #rejection(HttpHost, HttpRequest)}, of that client. */
  static @Nullable Rejection rejection(
      String client, @Nullable HttpHost target, HttpRequest request) {
    RequestLine line = request.getRequestLine();
    String path = path(line.getUri());
    return target == null || path == null
        ? null
        : Exchanges.rejection(
            client, line.getMethod(), target.getHostName(), port(target), path, null);
  }

  /** Whether {@link #open} would open one. */
  static boolean wants(@Nullable HttpHost target, HttpRequest request) {
    RequestLine line = request.getRequestLine();
    String path = path(line.getUri());
    return target != null
        && path != null
        && Exchanges.wants(line.getMethod(), target.getHostName(), port(target), path);
  }

  /** The head of a message, as an exchange asks for it. */
  static Exchange.Headers headers(HttpMessage message) {
    return name -> value(message.getFirstHeader(name));
  }

  /** The coding of a request's body. */
  static @Nullable String encoding(HttpMessage request) {
    String encoding = value(request.getFirstHeader("Content-Encoding"));
    if (encoding != null || !(request instanceof HttpEntityEnclosingRequest enclosing)) {
      return encoding;
    }
    HttpEntity entity = enclosing.getEntity();
    return entity == null ? null : value(entity.getContentEncoding());
  }

  private static @Nullable String value(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }

  /** Absolute before the chain, and on the way to a proxy. */
  private static @Nullable String path(@Nullable String uri) {
    if (uri == null) {
      return null;
    }
    if (!uri.startsWith("/")) {
      return uri.startsWith("http") ? URI.create(uri).getRawPath() : null;
    }
    return Target.withoutQuery(uri);
  }

  static int port(HttpHost host) {
    int port = host.getPort();
    return port > 0 ? port : "http".equalsIgnoreCase(host.getSchemeName()) ? 80 : 443;
  }

  /**
   * A library by its name and its version.
   *
   * @param properties the package that has the library's properties
   * @param within a class of the library's
   */
  static String client(String name, String properties, Class<?> within) {
    VersionInfo version = VersionInfo.loadVersionInfo(properties, within.getClassLoader());
    return version == null || VersionInfo.UNAVAILABLE.equals(version.getRelease())
        ? name
        : name + " " + version.getRelease();
  }
}
