package io.costattr.it.differential;

import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Script;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The JDK's HttpURLConnection as applications use it. */
final class UrlConnectionCases {
  private UrlConnectionCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("buffered", shape, (connection, length) -> {}, UrlConnectionCases::all));
      all.add(
          shaped(
              "fixed",
              shape,
              HttpURLConnection::setFixedLengthStreamingMode,
              UrlConnectionCases::lines));
      all.add(
          shaped(
              "chunked",
              shape,
              (c, length) -> c.setChunkedStreamingMode(64),
              UrlConnectionCases::few));
    }
    all.addAll(UrlConnectionReading.cases());
    all.addAll(UrlConnectionRequests.cases());
    all.addAll(UrlConnectionEndings.cases());
    all.addAll(UrlConnectionTunnels.cases());
    return all;
  }

  private static Case shaped(String name, Shape shape, Mode mode, Reader reader) {
    return one(
        name + "/" + shape.name(),
        shape.script(),
        world -> {
          if (shape.name().equals("broken-chunk-size")) {
            // Which of its two complaints the JDK makes depends on what came with what.
            world.seen.chance();
          }
          HttpURLConnection connection = open(world.url(shape.path()));
          mode.of(connection, shape.question().length());
          send(connection, shape.question());
          read(world, connection, reader);
        },
        expected(name, shape));
  }

  /** The JDK itself tries once more when no answer comes, unless the body was streamed. */
  private static Ledger expected(String name, Shape shape) {
    return name.equals("buffered") && shape.name().endsWith("-before-head")
        ? shape.ledger().then(shape.ledger())
        : shape.ledger();
  }

  // Reading to the end, in three ways.

  private static void all(World world, InputStream in) throws IOException {
    world.seen.body("body", in.readAllBytes());
    world.seen.say("behind the end", in.read());
    in.close();
    in.close();
    world.seen.say("behind the close", in.read());
  }

  private static void lines(World world, InputStream in) throws IOException {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        world.seen.body("line", line);
      }
    }
  }

  /** Some bytes at a time, others skipped. */
  private static void few(World world, InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] piece = new byte[1000];
    try {
      for (int count = in.read(piece, 1, 998); count >= 0; count = in.read(piece, 1, 998)) {
        read.write(piece, 1, count);
        int single = in.read();
        if (single >= 0) {
          read.write(single);
        }
      }
    } finally {
      world.seen.body("body", read.toByteArray());
    }
    world.seen.say("left", in.available());
  }

  // What the programs are made of.

  /** What an application does with a body. */
  interface Reader {
    void read(World world, InputStream in) throws IOException;
  }

  /** How a body of that length is sent. */
  private interface Mode {
    void of(HttpURLConnection connection, int length);
  }

  /** What is set before the request is sent. */
  interface Change {
    void of(HttpURLConnection connection) throws IOException;
  }

  static Case one(String name, Script server, Case.Program client, Ledger ledger) {
    return new Case(name, server, client, ledger);
  }

  static HttpURLConnection open(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("Authorization", "Bearer secret");
    connection.addRequestProperty("X-Second", "2");
    connection.setDoOutput(true);
    return connection;
  }

  static void send(HttpURLConnection connection, String body) throws IOException {
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(UTF_8));
    }
  }

  /** An ordinary question, asked in the ordinary way. */
  static HttpURLConnection asked(World world, String question) throws IOException {
    HttpURLConnection connection = open(world.url(CHAT_PATH));
    send(connection, question);
    return connection;
  }

  /** Sends, and reads as that reader does. */
  static void with(World world, Reader reader) throws IOException {
    read(world, asked(world, Fixture.QUESTION), reader);
  }

  static void read(World world, HttpURLConnection connection, Reader reader) throws IOException {
    try {
      head(world, connection);
      InputStream in =
          connection.getResponseCode() < 400
              ? connection.getInputStream()
              : connection.getErrorStream();
      world.seen.say("stream", in == null ? "none" : in.getClass() + " " + in.markSupported());
      if (in != null) {
        world.seen.say("always the same", again(connection) == in);
        reader.read(world, in);
        world.seen.say("still the same", again(connection) == in);
      }
    } finally {
      world.seen.say("connection", connection);
      world.seen.say("method", connection.getRequestMethod() + " " + connection.getURL());
    }
  }

  private static InputStream again(HttpURLConnection connection) throws IOException {
    return connection.getErrorStream() != null
        ? connection.getErrorStream()
        : connection.getInputStream();
  }

  static void head(World world, HttpURLConnection connection) throws IOException {
    world.seen.say("status", connection.getResponseCode() + " " + connection.getResponseMessage());
    for (int i = 0; connection.getHeaderField(i) != null; i++) {
      world.seen.say(
          "  header", connection.getHeaderFieldKey(i) + ": " + connection.getHeaderField(i));
    }
    world.seen.say("length", connection.getContentLengthLong());
    world.seen.say("type", connection.getContentType() + " " + connection.getContentEncoding());
    world.seen.say("proxy", connection.usingProxy());
  }

  static void body(World world, InputStream in) throws IOException {
    try (in) {
      world.seen.body("body", in.readAllBytes());
    }
  }

  static void some(World world, InputStream in) throws IOException {
    world.seen.body("some", in.readNBytes(700));
  }
}
