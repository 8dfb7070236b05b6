package io.costattr.loopback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request, byte by byte. The head goes out with the first piece of the body, or
 * at {@link #flush}; every piece written after that is one write to the socket, which has no Nagle
 * delay. A handler that returns without {@link #end} has it called. For the handler's thread only.
 */
public final class WireExchange {
  private enum Framing {
    NONE,
    FIXED,
    CHUNKED,
    UNTIL_CLOSE
  }

  private static final byte[] CRLF = {'\r', '\n'};

  private final WireRequest request;
  private final Socket socket;
  private final OutputStream out;
  private final RequestReader reader;
  private final StringBuilder head = new StringBuilder(256);
  private final StringBuilder trailers = new StringBuilder();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(512);
  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream(0);
  private String statusLine = "HTTP/1.1 200 OK\r\n";
  private Framing framing = Framing.NONE;
  private @Nullable Encoding encoding;
  private @Nullable DeflaterOutputStream encoder;
  private boolean started;
  private boolean ended;
  private boolean keepAlive = true;

  WireExchange(WireRequest request, Socket socket, OutputStream out, RequestReader reader) {
    this.request = request;
    this.socket = socket;
    this.out = out;
    this.reader = reader;
  }

  /** Sets the status with the reason phrase of RFC 9110; 200 when never called. */
  public WireExchange status(int code) {
    return status(code, Reasons.of(code));
  }

  /** Sets the status with any reason phrase. */
  public WireExchange status(int code, String reason) {
    statusLine = "HTTP/1.1 " + code + " " + reason + "\r\n";
    return this;
  }

  /** Adds a header as given; the same name may be added again. */
  public WireExchange header(String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  /** Compresses the body, and says so in {@code Content-Encoding}. Call it before the body. */
  public WireExchange encoding(Encoding coding) {
    encoding = coding;
    return header("Content-Encoding", coding.token());
  }

  /** Sends a whole answer with its {@code Content-Length}, in one write to the socket. */
  public void send(byte[] body) throws IOException {
    byte[] sent = body;
    if (encoding != null) {
      try (DeflaterOutputStream whole = encoding.over(encoded)) {
        whole.write(body);
      }
      sent = encoded.toByteArray();
      encoding = null;
    }
    fixed(sent.length);
    write(sent);
    end();
  }

  /** As {@link #send(byte[])}, in UTF-8. */
  public void send(String body) throws IOException {
    send(body.getBytes(UTF_8));
  }

  /**
   * Begins a body that announces this many bytes; nothing keeps the handler from writing fewer.
   *
   * @throws IllegalStateException with a content coding, whose length is not known beforehand
   */
  public WireExchange fixed(long length) {
    if (encoding != null) {
      throw new IllegalStateException("the length of an encoded body is not known beforehand");
    }
    header("Content-Length", Long.toString(length));
    return start(Framing.FIXED);
  }

  /** Begins a chunked body: every write is one chunk. */
  public WireExchange chunked() {
    header("Transfer-Encoding", "chunked");
    return start(Framing.CHUNKED);
  }

  /** Begins a body that ends with the connection. */
  public WireExchange untilClose() {
    header("Connection", "close");
    return start(Framing.UNTIL_CLOSE);
  }

  private WireExchange start(Framing chosen) {
    if (started) {
      throw new IllegalStateException("the head is complete");
    }
    started = true;
    framing = chosen;
    keepAlive = chosen != Framing.UNTIL_CLOSE;
    pending.writeBytes(statusLine.getBytes(ISO_8859_1));
    pending.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    return this;
  }

  /** Sends one piece of the body at once. */
  public WireExchange write(byte[] piece) throws IOException {
    return write(piece, 0, piece.length);
  }

  /** Sends one piece of the body at once, in UTF-8. */
  public WireExchange write(String piece) throws IOException {
    return write(piece.getBytes(UTF_8));
  }

  /** Sends {@code body} in pieces that end at these ascending offsets, and at its end. */
  public WireExchange writeSplit(byte[] body, int... offsets) throws IOException {
    int from = 0;
    for (int to : offsets) {
      write(body, from, to - from);
      from = to;
    }
    return write(body, from, body.length - from);
  }

  /** Sends {@code body} in pieces of this many bytes; the last one may be shorter. */
  public WireExchange writeInPieces(byte[] body, int length) throws IOException {
    for (int from = 0; from < body.length; from += length) {
      write(body, from, Math.min(length, body.length - from));
    }
    return this;
  }

  /** Sends a range of {@code bytes} as one piece of the body. */
  public WireExchange write(byte[] bytes, int offset, int length) throws IOException {
    if (!started) {
      chunked();
    }
    if (encoding == null) {
      frame(bytes, offset, length);
      return flush();
    }
    if (encoder == null) {
      encoder = encoding.over(encoded);
    }
    encoder.write(bytes, offset, length);
    encoder.flush();
    takeEncoded();
    return flush();
  }

  /** Adds a trailer, sent at the end of a chunked body. */
  public WireExchange trailer(String name, String value) {
    trailers.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  /** Sends these bytes outside any framing. */
  public WireExchange raw(byte[] bytes) throws IOException {
    started = true;
    pending.writeBytes(bytes);
    return flush();
  }

  /** Sends what is pending: after {@link #chunked} or {@link #fixed}, the bare head. */
  public WireExchange flush() throws IOException {
    if (pending.size() > 0) {
      pending.writeTo(out);
      pending.reset();
      out.flush();
    }
    return this;
  }

  /** Ends the answer as its framing demands. A second call does nothing. */
  public void end() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    if (!started) {
      fixed(0);
    }
    if (encoder != null) {
      encoder.finish();
      takeEncoded();
    }
    if (framing == Framing.CHUNKED && !bodyless()) {
      pending.writeBytes(("0\r\n" + trailers + "\r\n").getBytes(ISO_8859_1));
    }
    flush();
  }

  /**
   * Holds the answer until a test opens the latch.
   *
   * @throws InterruptedIOException when the server is closed meanwhile
   */
  public WireExchange await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
      return this;
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the server was closed");
    }
  }

  /** Sends what is pending and then nothing more, until the peer gives up or the server closes. */
  public void stall() throws IOException {
    flush();
    reader.drain();
    abandon();
  }

  /** Sends what is pending, then breaks the connection with a TCP reset. */
  public void reset() throws IOException {
    flush();
    socket.setSoLinger(true, 0);
    disconnect();
  }

  /** Sends what is pending, then closes this direction only; returns when the peer has closed. */
  public void halfClose() throws IOException {
    flush();
    socket.shutdownOutput();
    reader.drain();
    abandon();
  }

  /** Closes the connection where the answer stands. */
  public void disconnect() throws IOException {
    flush();
    socket.close();
    abandon();
  }

  boolean keepsAlive() {
    return keepAlive && !"close".equalsIgnoreCase(request.header("Connection"));
  }

  boolean headIsOut() {
    return started;
  }

  private void abandon() {
    ended = true;
    keepAlive = false;
  }

  private void takeEncoded() {
    byte[] bytes = encoded.toByteArray();
    encoded.reset();
    frame(bytes, 0, bytes.length);
  }

  private void frame(byte[] bytes, int offset, int length) {
    if (length == 0 || bodyless()) {
      return;
    }
    if (framing == Framing.CHUNKED) {
      pending.writeBytes(Integer.toHexString(length).getBytes(ISO_8859_1));
      pending.writeBytes(CRLF);
    }
    pending.write(bytes, offset, length);
    if (framing == Framing.CHUNKED) {
      pending.writeBytes(CRLF);
    }
  }

  private boolean bodyless() {
    return request.method().equals("HEAD");
  }
}
