package io.costattr.export.otel;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Why a connection by TLS failed, in words for a user. */
final class TlsReason {
  private TlsReason() {}

  static String of(SSLException fault) {
    String message = String.valueOf(fault.getMessage());
    if (find(CertificateExpiredException.class, fault) != null
        || hasReason(fault, BasicReason.EXPIRED)) {
      return "TLS fails: its certificate has expired";
    }
    if (find(CertificateNotYetValidException.class, fault) != null
        || hasReason(fault, BasicReason.NOT_YET_VALID)) {
      return "TLS fails: its certificate is not valid yet";
    }
    if (find(CertPathBuilderException.class, fault) != null
        || find(CertPathValidatorException.class, fault) != null) {
      return "TLS fails: its certificate is of an authority that is not trusted here, see"
          + " OTEL_EXPORTER_OTLP_CERTIFICATE";
    }
    if (fault instanceof SSLPeerUnverifiedException) {
      return "TLS fails: its certificate is not for the host of the endpoint";
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return "it does not speak TLS, which the endpoint wants: for plain text it has to begin with"
          + " http://";
    }
    if (message.contains("certificate_required") || message.contains("bad_certificate")) {
      return "TLS fails: it does not accept this client's certificate, or wants one, see"
          + " OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE";
    }
    if (message.contains("terminated the handshake")) {
      return "TLS fails: it ends the connection at once; if it does not speak TLS, the endpoint has"
          + " to begin with http://";
    }
    return "TLS fails (" + message + ")";
  }

  private static boolean hasReason(Throwable fault, BasicReason reason) {
    CertPathValidatorException path = find(CertPathValidatorException.class, fault);
    return path != null && path.getReason() == reason;
  }

  private static <E extends Throwable> @Nullable E find(Class<E> kind, Throwable fault) {
    int depth = 0;
    for (Throwable cause = fault; cause != null && depth < 20; cause = cause.getCause(), depth++) {
      if (kind.isInstance(cause)) {
        return kind.cast(cause);
      }
    }
    return null;
  }
}
