package io.costattr.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers every request with bytes made beforehand, as little as a server can do, without Nagle's
 * delay: what remains to be measured is the client. A request whose body asks to stream gets
 * server-sent events, any other a chat completion; {@code /other} gets a small JSON; {@code
 * /gigabyte} streams 1 GB of events, {@code /first} one event and, a moment later, the last, and
 * {@code /begun} the same without the moment.
 */
public final class BareServer {
  private static final byte[] CHAT =
      response(
          "application/json",
          """
          {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,\
          "model":"gpt-5.5-2026-04-23","service_tier":"default","choices":[{"index":0,\
          "message":{"role":"assistant","content":"Your order left the warehouse this morning.",\
          "refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":81,\
          "completion_tokens":12,"total_tokens":93,"prompt_tokens_details":{"cached_tokens":0,\
          "audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}}}\
          """);
  private static final byte[] OTHER = response("application/json", "{\"status\":\"ok\"}");
  private static final byte[] EVENT =
      """
      data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,\
      "model":"gpt-5.5-2026-04-23","service_tier":"default","system_fingerprint":"fp_1",\
      "choices":[{"index":0,"delta":{"content":" and so on"},"logprobs":null,\
      "finish_reason":null}],"usage":null,"obfuscation":"x8Kq2"}

      """
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] LAST =
      """
      data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,\
      "model":"gpt-5.5-2026-04-23","service_tier":"default","choices":[],"usage":{\
      "prompt_tokens":81,"completion_tokens":1200,"total_tokens":1281}}

      data: [DONE]

      """
          .getBytes(StandardCharsets.UTF_8);
  private static final int EVENTS = 2_000;
  private static final long GIGABYTE = 1L << 30;

  private BareServer() {}

  /** Prints its port and serves until it is killed. */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread thread = new Thread(() -> serve(socket));
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      OutputStream out = socket.getOutputStream();
      StringBuilder head = new StringBuilder();
      while (readHead(in, head)) {
        String text = head.toString();
        byte[] body = in.readNBytes(contentLength(text));
        if (text.startsWith("POST /other")) {
          out.write(OTHER);
        } else if (text.startsWith("POST /gigabyte")) {
          stream(out, GIGABYTE);
        } else if (text.startsWith("POST /first")) {
          first(out, 1);
        } else if (text.startsWith("POST /begun")) {
          first(out, 0);
        } else if (new String(body, StandardCharsets.ISO_8859_1).contains("\"stream\":true")) {
          stream(out, (long) EVENTS * EVENT.length);
        } else {
          out.write(CHAT);
        }
      }
    } catch (IOException closed) {
      // The client went away.
    }
  }

  private static void stream(OutputStream out, long bytes) throws IOException {
    long events = bytes / EVENT.length;
    long length = events * EVENT.length + LAST.length;
    out.write(head("text/event-stream", length));
    int perBlock = 64;
    byte[] block = new byte[EVENT.length * perBlock];
    for (int i = 0; i < perBlock; i++) {
      System.arraycopy(EVENT, 0, block, i * EVENT.length, EVENT.length);
    }
    long left = events;
    for (; left >= perBlock; left -= perBlock) {
      out.write(block);
    }
    out.write(block, 0, (int) left * EVENT.length);
    out.write(LAST);
  }

  /** The client has the first event to itself, and for so many milliseconds the cores too. */
  private static void first(OutputStream out, long millis) throws IOException {
    byte[] head = head("text/event-stream", EVENT.length + LAST.length);
    byte[] begin = Arrays.copyOf(head, head.length + EVENT.length);
    System.arraycopy(EVENT, 0, begin, head.length, EVENT.length);
    out.write(begin);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    out.write(LAST);
  }

  private static boolean readHead(InputStream in, StringBuilder head) throws IOException {
    head.setLength(0);
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      int end = head.length();
      if (b == '\n' && end >= 4 && head.charAt(end - 3) == '\n') {
        return true;
      }
    }
    return false;
  }

  private static int contentLength(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("\ncontent-length:");
    if (at < 0) {
      return 0;
    }
    int from = at + "\ncontent-length:".length();
    return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).trim());
  }

  private static byte[] head(String type, long length) {
    return ("HTTP/1.1 200 OK\r\nContent-Type: "
            + type
            + "\r\nx-request-id: req_1\r\nContent-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] response(String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] head = head(type, bytes.length);
    byte[] all = new byte[head.length + bytes.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(bytes, 0, all, head.length, bytes.length);
    return all;
  }
}
