package io.costattr.advice.apache5;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.Target;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.util.VersionInfo;
import org.jspecify.annotations.Nullable;

/** What the hooks of this library have in common. */
final class Apache5 {
  /** For example {@code apache-httpclient 5.5.2}; without version where its properties are gone. */
  static final String CLIENT = client();

  /** By which the hook of the request's body knows the attempt that the chain is sending. */
  static final Object SUBJECT = Apache5.class;

  private Apache5() {}

  /**
   * Opens the exchange of a request to that host; null when it is none of ours.
   *
   * @param carrier see {@link Exchanges#open}
   */
  static @Nullable Exchange open(
      @Nullable HttpHost target, HttpRequest request, @Nullable Object carrier) {
    String path = path(request);
    return target == null || path == null
        ? null
        : Exchanges.open(
            CLIENT, request.getMethod(), target.getHostName(), port(target), path, carrier);
  }

  /**
   * Whether the policy refuses it; null when it does not.
   *
   * @param carrier see {@link Exchanges#open}
   */
  static @Nullable Rejection rejection(
      @Nullable HttpHost target, HttpRequest request, @Nullable Object carrier) {
    String path = path(request);
    return target == null || path == null
        ? null
        : Exchanges.rejection(
            CLIENT, request.getMethod(), target.getHostName(), port(target), path, carrier);
  }

  /** Whether {@link #open} would open one. */
  static boolean wants(@Nullable HttpHost target, HttpRequest request) {
    String path = path(request);
    return target != null
        && path != null
        && Exchanges.wants(request.getMethod(), target.getHostName(), port(target), path);
  }

  /** The head of a message, as an exchange asks for it. */
  static Exchange.Headers headers(HttpMessage message) {
    return name -> first(message.getFirstHeader(name));
  }

  /** The coding of a request's body; its header may be made of its entity later on. */
  static @Nullable String encoding(HttpRequest request, @Nullable EntityDetails entity) {
    String encoding = first(request.getFirstHeader("Content-Encoding"));
    return encoding == null && entity != null ? entity.getContentEncoding() : encoding;
  }

  private static @Nullable String first(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }

  private static @Nullable String path(HttpRequest request) {
    String path = request.getPath();
    return path == null ? null : Target.withoutQuery(path);
  }

  static int port(HttpHost host) {
    int port = host.getPort();
    return port > 0 ? port : "http".equalsIgnoreCase(host.getSchemeName()) ? 80 : 443;
  }

  private static String client() {
    VersionInfo version =
        VersionInfo.loadVersionInfo("org.apache.hc.client5", HttpHost.class.getClassLoader());
    return version == null || VersionInfo.UNAVAILABLE.equals(version.getRelease())
        ? "apache-httpclient"
        : "apache-httpclient " + version.getRelease();
  }
}
