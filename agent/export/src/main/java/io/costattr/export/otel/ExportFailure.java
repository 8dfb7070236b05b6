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
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why an export failed, in words for a user; never anything that the collector sent but its status.
 * Which failures may be tried again is as in the OTLP specification, "Failures" of each transport.
 *
 * @param reason a phrase, for example {@code HTTP 401: it does not accept the credentials}
 * @param kind what can be done about it
 * @param retryAfterMillis how long the collector wants to be left alone; 0 when it did not say
 * @param isObscure whether it may be that the other end speaks TLS, and was spoken to without
 */
record ExportFailure(String reason, Kind kind, long retryAfterMillis, boolean isObscure) {

  /** What can be done about a failure. */
  enum Kind {
    /** The same batch may succeed later. */
    PASSES,
    /** The same, and the collector says so itself. */
    PUT_OFF,
    /** The same batch may succeed when somebody has mended what is wrong, here or there. */
    TO_MEND,
    /** A part of the batch may succeed. */
    TOO_BIG,
    /** This batch is refused for ever. */
    REFUSED
  }

  /** Nobody who says more can mean it. */
  private static final long LONGEST_RETRY_AFTER = 3_600_000;

  /** What OkHttp says of a call that was under way when its client was shut down. */
  private static final String CANCELED = "Canceled";

  private static final String CREDENTIALS =
      ": it does not accept the credentials, see OTEL_EXPORTER_OTLP_HEADERS";
  private static final String TOO_BIG =
      ": the batch is too big for it, see OTEL_BLRP_MAX_EXPORT_BATCH_SIZE";
  private static final String PROTOCOL = ", see OTEL_EXPORTER_OTLP_PROTOCOL";

  private static final ExportFailure NO_ANSWER = passing("it does not answer");

  /** It speaks TLS, and the endpoint says http. */
  static final ExportFailure WANTS_TLS =
      new ExportFailure(
          "it wants TLS, which the endpoint does not say: it has to begin with https://",
          Kind.TO_MEND,
          0,
          false);

  private static ExportFailure passing(String reason) {
    return new ExportFailure(reason, Kind.PASSES, 0, false);
  }

  /**
   * Plain text to a port that wants TLS, or gRPC to one that does not speak it, breaks in another
   * way each time: one reason for all, so that it is said once.
   */
  private static final ExportFailure BREAKS =
      new ExportFailure("the connection breaks" + PROTOCOL, Kind.PASSES, 0, true);

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
    if (status == 400 && saysThatItWantsTls(response.getResponseBody())) {
      return WANTS_TLS;
    }
    String meaning =
        switch (status) {
          case 401, 403 -> CREDENTIALS;
          case 404, 405 -> ": there is no OTLP receiver at that path";
          case 413 -> TOO_BIG;
          case 415 -> ": it does not speak http/protobuf";
          case 429 -> ": it gets too much";
          case 502, 503, 504 -> ": it is not available";
          default -> "";
        };
    Kind kind =
        switch (status) {
          case 401, 403, 404, 405, 407, 415 -> Kind.TO_MEND;
          case 413 -> Kind.TOO_BIG;
          default ->
              RetryUtil.retryableHttpResponseCodes().contains(status) ? Kind.PUT_OFF : Kind.REFUSED;
        };
    return new ExportFailure(
        "HTTP " + status + meaning,
        kind,
        kind == Kind.PUT_OFF && response instanceof OtlpHttpSender.Answer answer
            ? millis(answer.retryAfter())
            : 0,
        false);
  }

  private static long millis(@Nullable String retryAfter) {
    long nanos = RetryUtil.retryAfterNanos(retryAfter).orElse(0);
    return Math.min(LONGEST_RETRY_AFTER, nanos / 1_000_000);
  }

  /** So do Go's net/http and nginx, when a request comes without TLS where they expect it. */
  private static boolean saysThatItWantsTls(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, 1024), StandardCharsets.ISO_8859_1);
    return text.toLowerCase(Locale.ROOT).contains("https")
        && text.toLowerCase(Locale.ROOT).contains("http request");
  }

  private static ExportFailure grpc(GrpcResponse response) {
    boolean tooBig =
        String.valueOf(response.getStatusDescription()).contains("larger than max")
            || String.valueOf(response.getStatusDescription()).contains("exceeds maximum size");
    String meaning =
        switch (response.getStatusCode()) {
          case UNAUTHENTICATED, PERMISSION_DENIED -> CREDENTIALS;
          case UNIMPLEMENTED -> ": there is no OTLP receiver for this signal";
          case UNAVAILABLE -> ": it is not available";
          case RESOURCE_EXHAUSTED -> tooBig ? TOO_BIG : ": it gets too much";
          default -> "";
        };
    Kind kind =
        switch (response.getStatusCode()) {
          // No status at all is told as unknown: a proxy answered, or the connection broke.
          case UNAUTHENTICATED, PERMISSION_DENIED, UNIMPLEMENTED, UNKNOWN -> Kind.TO_MEND;
          case RESOURCE_EXHAUSTED -> tooBig ? Kind.TOO_BIG : Kind.PUT_OFF;
          default ->
              RetryUtil.retryableGrpcStatusCodes()
                      .contains(Integer.toString(response.getStatusCode().getValue()))
                  ? Kind.PUT_OFF
                  : Kind.REFUSED;
        };
    return new ExportFailure("gRPC " + response.getStatusCode() + meaning, kind, 0, false);
  }

  private static ExportFailure unanswered(@Nullable Throwable cause, boolean grpc) {
    if (cause == null
        || cause instanceof InterruptedIOException
        || CANCELED.equals(cause.getMessage())) {
      return NO_ANSWER;
    }
    if (cause instanceof UnknownHostException unknown) {
      return passing("its host is not known (" + unknown.getMessage() + ")");
    }
    if (cause instanceof ConnectException) {
      return passing("nothing answers at that address (connection refused)");
    }
    if (cause instanceof SSLException tls) {
      return passing(TlsReason.of(tls));
    }
    if (cause instanceof SocketException || grpc) {
      return BREAKS;
    }
    return new ExportFailure(
        "it does not speak the protocol (" + cause + ")" + PROTOCOL, Kind.PASSES, 0, true);
  }
}
