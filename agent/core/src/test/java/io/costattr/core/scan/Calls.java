package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down every call in order; text in pieces becomes one line. */
final class Calls implements JsonHandler, SseHandler, SseJson.Listener {
  private final List<String> lines = new ArrayList<>();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int textField = -1;

  List<String> lines() {
    flush();
    return lines;
  }

  private void line(String line) {
    flush();
    lines.add(line);
  }

  private void flush() {
    if (text.size() > 0) {
      lines.add((textField < 0 ? "data " : textField + " text ") + text.toString(UTF_8));
      text.reset();
    }
  }

  private void piece(int field, byte[] bytes, int offset, int length) {
    if (field != textField) {
      flush();
      textField = field;
    }
    text.write(bytes, offset, length);
  }

  @Override
  public void number(int field, long value) {
    line(field + " number " + value);
  }

  @Override
  public void decimal(int field, String token) {
    line(field + " decimal " + token);
  }

  @Override
  public void string(int field, String value) {
    line(field + " string " + value);
  }

  @Override
  public void bool(int field, boolean value) {
    line(field + " bool " + value);
  }

  @Override
  public void nul(int field) {
    line(field + " null");
  }

  @Override
  public void text(int field, byte[] bytes, int offset, int length) {
    piece(field, bytes, offset, length);
  }

  @Override
  public void present(int field) {
    line(field + " present");
  }

  @Override
  public void key(int field, String name) {
    line(field + " key " + name);
  }

  @Override
  public void closed(int field) {
    line(field + " closed");
  }

  @Override
  public void tooLong(int field) {
    line(field + " too long");
  }

  @Override
  public void event(@Nullable String name) {
    line("event " + name);
  }

  @Override
  public void data(byte[] bytes, int offset, int length) {
    piece(-1, bytes, offset, length);
  }

  @Override
  public void dispatch() {
    line("dispatch");
  }

  @Override
  public void incomplete() {
    line("incomplete");
  }

  @Override
  public void eventStart(@Nullable String name) {
    line("start " + name);
  }

  @Override
  public void eventEnd(boolean malformedJson) {
    line(malformedJson ? "end of malformed" : "end");
  }

  @Override
  public void eventCut(boolean wholeJson) {
    line(wholeJson ? "cut behind whole" : "cut");
  }

  @Override
  public void done() {
    line("done");
  }
}
