package io.costattr.it.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.loopback.WireRequest;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What somebody saw, line by line, with what differs from run to run (ports, identity hashes,
 * numbers of threads) replaced. Thread-safe.
 */
final class Seen {
  private static final int LONGEST = 1500;

  private final List<String> lines = new ArrayList<>();
  private boolean muted;

  /** What the program sees from now on is chance: which of two things comes first. */
  synchronized void chance() {
    muted = true;
  }

  /** From now on it is none again. */
  synchronized void noChance() {
    muted = false;
  }

  synchronized void say(String what, Object value) {
    if (muted) {
      return;
    }
    lines.add(what + ": " + normal(String.valueOf(value)));
  }

  void thread(String what) {
    say(what + " on", Thread.currentThread().getName().replaceAll("[0-9]+", "N"));
  }

  /** As {@link #thread}, where the caller's and the client's own threads take turns by chance. */
  void eitherThread(String what) {
    String name = Thread.currentThread().getName();
    boolean expected =
        name.equals("application")
            || name.startsWith("HttpClient-")
            // Where the machine has too few cores for a pool.
            || name.startsWith("Thread-")
            || name.startsWith("ForkJoinPool");
    say(what + " on", expected ? "one of both" : name);
  }

  /** The exception, its causes and what it suppressed, each by class and message. */
  void failure(String what, Throwable thrown) {
    StringBuilder text = new StringBuilder();
    describe(thrown, text, 0);
    say(what + " failed", text);
  }

  /** The exception and its causes by class only, where messages tell of clocks and of chance. */
  void kind(String what, Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = thrown; t != null && t.getCause() != t; t = t.getCause()) {
      text.append(t == thrown ? "" : " by ").append(t.getClass().getName());
    }
    say(what + " failed", text);
  }

  private static void describe(Throwable thrown, StringBuilder text, int depth) {
    text.append(thrown.getClass().getName()).append('(').append(thrown.getMessage()).append(')');
    for (Throwable suppressed : thrown.getSuppressed()) {
      text.append(" suppressed[");
      describe(suppressed, text, depth + 1);
      text.append(']');
    }
    if (thrown.getCause() != null && depth < 10) {
      text.append(" by ");
      describe(thrown.getCause(), text, depth + 1);
    }
  }

  void body(String what, String text) {
    body(what, text.getBytes(UTF_8));
  }

  void body(String what, byte[] bytes) {
    String text = new String(bytes, UTF_8);
    boolean printable = bytes.length < LONGEST && text.indexOf('\ufffd') < 0;
    say(what, bytes.length + " bytes " + (printable ? text : hash(bytes)));
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the server received, in the order of its coming. */
  void requests(List<WireRequest> requests) {
    for (WireRequest request : requests) {
      say("server got", request.method() + " " + request.target() + " " + request.version());
      request.headers().forEach(h -> say("  header", h.name() + ": " + h.value()));
      body("  body", request.body());
    }
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  private static String normal(String text) {
    return text.replaceAll("(127\\.0\\.0\\.1|localhost)(/[0-9.]+)?:[0-9]{4,5}", "$1:PORT")
        .replaceAll("@[0-9a-f]{2,8}\\b", "@HASH")
        .replaceAll("(?i)(sec-websocket-(key|accept)[: =]+)[a-z0-9+/=]{20,}", "$1KEY")
        .replaceAll("Lambda[$/0-9a-fx]+", "Lambda")
        .replaceAll("(OkHttp|HttpClient|pool|Thread|worker|http-outgoing)-[0-9]+", "$1-N")
        // Two clocks of OkHttp's run for a read, and either may be first.
        .replace("(timeout) by java.net.SocketException(Socket closed)", "(Read timed out)")
        .replace("(timeout) by java.net.SocketTimeoutException(Read timed out)", "(Read timed out)")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }
}
