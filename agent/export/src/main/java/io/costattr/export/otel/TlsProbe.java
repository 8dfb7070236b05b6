package io.costattr.export.otel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Asks whether somebody speaks TLS. Nothing is sent but the greeting, and nothing is trusted. */
final class TlsProbe {
  private static final int MILLIS = 2_000;

  private TlsProbe() {}

  /** Whether the answer to a greeting by TLS is one. It takes four seconds at most. */
  static boolean answers(String host, int port) {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), MILLIS);
      plain.setSoTimeout(MILLIS);
      SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
      try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
        socket.startHandshake();
        return true;
      } catch (SSLException fault) {
        return isAnswer(fault);
      }
    } catch (IOException | RuntimeException other) {
      return false;
    }
  }

  /** A certificate that is not trusted, and an alert, are answers. */
  private static boolean isAnswer(SSLException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return String.valueOf(fault.getMessage()).contains("fatal alert");
  }
}
