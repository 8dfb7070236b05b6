package io.costattr.loopback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one answer, in the order of the calls. First status, headers and coding; then either
 * {@link #body} for all at once, or a framing ({@link #chunked}, {@link #fixed}, {@link
 * #untilClose}) and {@link #part}s. Every part is one write to the socket, flushed, and with
 * TCP_NODELAY one or more packets of its own. Used by the thread of the connection alone.
 */
public final class Reply {
  private static final byte[] CRLF = {'\r', '\n'};

  private enum State {
    HEAD,
    CHUNKED,
    FIXED,
    UNTIL_CLOSE,
    ENDED
  }

  private final Socket transport;
  private final Socket socket;
  private final OutputStream out;
  private final WireReader reader;
  private final List<WireHeader> headers = new ArrayList<>();
  private final List<WireHeader> trailers = new ArrayList<>();
  private int status = 200;
  private String reason = "";
  private Coding coding = Coding.IDENTITY;
  private @Nullable OutputStream coder;
  private State state = State.HEAD;
  private long remaining;
  private boolean last;

  /**
   * @param transport the plain socket below
   * @param socket the same, or the TLS socket over it
   */
  Reply(Socket transport, Socket socket, OutputStream out, WireReader reader) {
    this.transport = transport;
    this.socket = socket;
    this.out = out;
    this.reader = reader;
  }

  /** Sets the status; 200 unless said. */
  public Reply status(int code) {
    return status(code, "");
  }

  /** Sets the status with a reason phrase. */
  public Reply status(int code, String phrase) {
    status = code;
    reason = phrase;
    return this;
  }

  /** Adds a header; nothing is added unasked but those of the framing and the coding. */
  public Reply header(String name, String value) {
    headers.add(new WireHeader(name, value));
    return this;
  }

  /** Codes the body, parts too: each is readable as soon as it arrives. */
  public Reply coding(Coding coding) {
    this.coding = coding;
    return this;
  }

  /** Adds a trailer; sent only with the chunked framing. */
  public Reply trailer(String name, String value) {
    trailers.add(new WireHeader(name, value));
    return this;
  }

  /** Closes the connection after this reply and says so. */
  public Reply closing() {
    last = true;
    return header("connection", "close");
  }

  /** Sends head and body at once, with Content-Length, and ends the reply. */
  public void body(byte[] plain) throws IOException {
    byte[] coded = coding.encode(plain);
    header("content-length", Integer.toString(coded.length));
    ByteArrayOutputStream message = new ByteArrayOutputStream(256 + coded.length);
    head(message);
    message.write(coded);
    send(message);
    state = State.ENDED;
  }

  /** As {@link #body(byte[])}, in UTF-8. */
  public void body(String text) throws IOException {
    body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the head; the parts will be chunks. */
  public Reply chunked() throws IOException {
    header("transfer-encoding", "chunked");
    return begin(State.CHUNKED);
  }

  /**
   * Sends the head; the parts will be {@code length} bytes in all, after coding. A reply ended with
   * fewer closes the connection.
   */
  public Reply fixed(long length) throws IOException {
    remaining = length;
    header("content-length", Long.toString(length));
    return begin(State.FIXED);
  }

  /** Sends the head without any length; the end of the connection will be the body's end. */
  public Reply untilClose() throws IOException {
    closing();
    return begin(State.UNTIL_CLOSE);
  }

  /** Sends a part of the body. */
  public Reply part(byte[] plain) throws IOException {
    if (coder == null) {
      frame(plain, 0, plain.length);
    } else {
      coder.write(plain);
      coder.flush();
    }
    return this;
  }

  /** As {@link #part(byte[])}, in UTF-8. */
  public Reply part(String text) throws IOException {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends {@code plain} in parts of these sizes in bytes, and what is left as one more. */
  public Reply parts(byte[] plain, int... sizes) throws IOException {
    int from = 0;
    for (int size : sizes) {
      int to = Math.min(from + size, plain.length);
      part(Arrays.copyOfRange(plain, from, to));
      from = to;
    }
    return from < plain.length ? part(Arrays.copyOfRange(plain, from, plain.length)) : this;
  }

  /**
   * Agrees to a web socket: what follows on the connection is its frames.
   *
   * @param request the client's, with its key
   */
  public WireSocket webSocket(WireRequest request) throws IOException {
    String key = request.header("sec-websocket-key");
    if (key == null) {
      throw new IOException("no request for a web socket");
    }
    status(101, "Switching Protocols");
    header("upgrade", "websocket").header("connection", "Upgrade");
    header("sec-websocket-accept", WireSocket.accept(key));
    ByteArrayOutputStream message = new ByteArrayOutputStream(256);
    head(message);
    send(message);
    abandon();
    return new WireSocket(reader.rest(), out);
  }

  /** Stops here until {@code gate} is open. */
  public Reply await(Gate gate) throws InterruptedException {
    gate.pass();
    return this;
  }

  /** Sends these bytes as they are, without head or framing. */
  public Reply raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    if (state == State.HEAD) {
      state = State.ENDED;
    }
    return this;
  }

  /** Ends the body as its framing asks. Done by itself after the handler; twice does nothing. */
  public void end() throws IOException {
    if (state == State.ENDED) {
      return;
    }
    if (state == State.HEAD) {
      body(new byte[0]);
      return;
    }
    if (coder != null) {
      coder.close();
    }
    if (state == State.CHUNKED) {
      ByteArrayOutputStream end = new ByteArrayOutputStream();
      end.write('0');
      end.write(CRLF);
      lines(end, trailers);
      end.write(CRLF);
      send(end);
    }
    last |= state == State.FIXED && remaining > 0;
    state = State.ENDED;
  }

  /** Resets the connection: the peer's next read or write fails. What is in flight may be lost. */
  public void reset() throws IOException {
    abandon();
    transport.setSoLinger(true, 0);
    transport.close();
  }

  /** Closes the connection here and now, in order. */
  public void close() throws IOException {
    abandon();
    socket.close();
  }

  /** Closes the sending half here and now, and reads on until the peer closes the other. */
  public void halfClose() throws IOException {
    abandon();
    socket.shutdownOutput();
    reader.drain();
  }

  /** Says nothing more until the peer or the server closes the connection. */
  public void stall() throws IOException {
    abandon();
    reader.drain();
  }

  boolean begun() {
    return state != State.HEAD;
  }

  /** Whether another request may follow on the connection. */
  boolean keepsAlive() {
    return !last && !socket.isClosed();
  }

  private void abandon() {
    state = State.ENDED;
    last = true;
  }

  private Reply begin(State framing) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream(256);
    head(message);
    send(message);
    state = framing;
    if (coding != Coding.IDENTITY) {
      coder = coding.over(new Framed());
    }
    return this;
  }

  private void head(ByteArrayOutputStream message) throws IOException {
    if (state != State.HEAD) {
      throw new IllegalStateException("the head has been sent");
    }
    if (coding != Coding.IDENTITY) {
      header("content-encoding", coding.token());
    }
    message.write(latin("HTTP/1.1 " + status + " " + reason + "\r\n"));
    lines(message, headers);
    message.write(CRLF);
  }

  private static void lines(ByteArrayOutputStream message, List<WireHeader> lines)
      throws IOException {
    for (WireHeader line : lines) {
      message.write(latin(line.name() + ": " + line.value() + "\r\n"));
    }
  }

  private void frame(byte[] bytes, int offset, int length) throws IOException {
    switch (state) {
      case CHUNKED -> {
        if (length > 0) {
          ByteArrayOutputStream chunk = new ByteArrayOutputStream(length + 12);
          chunk.write(latin(Integer.toHexString(length)));
          chunk.write(CRLF);
          chunk.write(bytes, offset, length);
          chunk.write(CRLF);
          send(chunk);
        }
      }
      case FIXED, UNTIL_CLOSE -> {
        out.write(bytes, offset, length);
        out.flush();
        remaining -= length;
      }
      case HEAD, ENDED -> throw new IllegalStateException("no body is open");
    }
  }

  private void send(ByteArrayOutputStream message) throws IOException {
    message.writeTo(out);
    out.flush();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What the coder writes to: gathers until flushed, then sends one part. */
  private final class Framed extends OutputStream {
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      gathered.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      gathered.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      frame(gathered.toByteArray(), 0, gathered.size());
      gathered.reset();
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
