package io.costattr.export.otel;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.internal.RetryUtil;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.HttpResponse;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Why an export failed, in words for a user; never anything that the collector sent but its status.
 * Which failures may be tried again is as in the OTLP specification, "Failures" of each transport.
 *
 * @param reason a phrase, for example {@code HTTP 401: it wants other credentials}
 * @param mayPass whether the same batch may succeed later
 */
record ExportFailure(String reason, boolean mayPass) {
  /** What OkHttp says of a call that was under way when its client was shut down. */
  private static final String CANCELED = "Canceled";

  private static final ExportFailure NO_ANSWER = new ExportFailure("it does not answer", true);

  /**
   * Plain text to a port that wants TLS, or gRPC to one that does not speak it, breaks in another
   * way each time: one reason for all, so that it is said once.
   */
  private static final ExportFailure BREAKS =
      new ExportFailure(
          "the connection breaks: does it want TLS (an endpoint that begins with https), or another"
              + " OTEL_EXPORTER_OTLP_PROTOCOL?",
          true);

  /** The failure of an export that did not succeed; one that is not done got no answer. */
  static ExportFailure of(CompletableResultCode result) {
    return result.isDone() ? of(result.getFailureThrowable()) : NO_ANSWER;
  }

  private static ExportFailure of(@Nullable Throwable fault) {
    if (fault instanceof HttpExportException http) {
      HttpResponse response = http.getResponse();
      return response != null ? http(response) : unanswered(http.getCause(), false);
    }
    if (fault instanceof GrpcExportException grpc) {
      GrpcResponse response = grpc.getResponse();
      return response != null ? grpc(response) : unanswered(grpc.getCause(), true);
    }
    return unanswered(fault, false);
  }

  private static ExportFailure http(HttpResponse response) {
    int status = response.getStatusCode();
    String meaning =
        switch (status) {
          case 400 ->
              wantsTls(response) ? ": it wants TLS, the endpoint must begin with https" : "";
          case 401, 403 -> ": it wants other credentials, see OTEL_EXPORTER_OTLP_HEADERS";
          case 404, 405 -> ": there is no OTLP receiver at that path";
          case 413 -> ": the batch is too big for it, see OTEL_BLRP_MAX_EXPORT_BATCH_SIZE";
          case 415 -> ": it does not speak http/protobuf";
          case 429 -> ": it gets too much";
          case 502, 503, 504 -> ": it is not available";
          default -> "";
        };
    return new ExportFailure(
        "HTTP " + status + meaning, RetryUtil.retryableHttpResponseCodes().contains(status));
  }

  /** Go's server and nginx answer plain text where they wait for TLS, and say so in the body. */
  private static boolean wantsTls(HttpResponse response) {
    return new String(response.getResponseBody(), StandardCharsets.ISO_8859_1).contains("HTTPS");
  }

  private static ExportFailure grpc(GrpcResponse response) {
    String meaning =
        switch (response.getStatusCode()) {
          case UNAUTHENTICATED, PERMISSION_DENIED ->
              ": it wants other credentials, see OTEL_EXPORTER_OTLP_HEADERS";
          case UNIMPLEMENTED -> ": there is no OTLP receiver for this signal";
          case UNAVAILABLE -> ": it is not available";
          default -> "";
        };
    return new ExportFailure(
        "gRPC " + response.getStatusCode() + meaning,
        RetryUtil.retryableGrpcStatusCodes()
            .contains(Integer.toString(response.getStatusCode().getValue())));
  }

  private static ExportFailure unanswered(@Nullable Throwable cause, boolean grpc) {
    if (cause == null
        || cause instanceof InterruptedIOException
        || CANCELED.equals(cause.getMessage())) {
      return NO_ANSWER;
    }
    if (cause instanceof UnknownHostException unknown) {
      return new ExportFailure("its host is not known (" + unknown.getMessage() + ")", true);
    }
    if (cause instanceof ConnectException) {
      return new ExportFailure("nothing answers at that address (connection refused)", true);
    }
    if (cause instanceof SSLException tls) {
      return new ExportFailure("TLS fails: " + meaning(tls), true);
    }
    if (cause instanceof SocketException || grpc) {
      return BREAKS;
    }
    return new ExportFailure(
        "it does not speak the protocol (" + cause + "), see OTEL_EXPORTER_OTLP_PROTOCOL", true);
  }

  private static String meaning(SSLException fault) {
    String said = String.valueOf(fault.getMessage());
    if (fault instanceof SSLPeerUnverifiedException) {
      return "its certificate is for another host";
    }
    if (said.contains("PKIX")) {
      return "its certificate is not trusted (" + said + "), see OTEL_EXPORTER_OTLP_CERTIFICATE";
    }
    if (said.contains("unrecognized SSL message")) {
      return "it does not speak TLS, the endpoint must begin with http:";
    }
    return said;
  }
}
