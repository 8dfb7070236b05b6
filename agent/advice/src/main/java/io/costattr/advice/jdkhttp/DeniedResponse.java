package io.costattr.advice.jdkhttp;

import io.costattr.core.exchange.Denial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSession;

/**
 * A response that came over no network.
 *
 * @param request the application's own
 */
record DeniedResponse<T>(
    HttpRequest request, HttpHeaders headers, HttpClient.Version version, T body)
    implements HttpResponse<T> {

  static HttpHeaders headers(Denial denial, HttpClient.Version version) {
    Map<String, List<String>> headers = new TreeMap<>();
    if (version == HttpClient.Version.HTTP_2) {
      // The JDK hands it on.
      headers.put(":status", List.of(Integer.toString(Denial.STATUS)));
    }
    for (Denial.Header header : denial.headers()) {
      headers.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header.value());
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  @Override
  public int statusCode() {
    return Denial.STATUS;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  /** As the JDK's own. */
  @Override
  public String toString() {
    return "(" + request.method() + " " + uri() + ") " + Denial.STATUS;
  }
}
