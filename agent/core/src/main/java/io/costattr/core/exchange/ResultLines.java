package io.costattr.core.exchange;

import io.costattr.core.dialect.Reading;
import io.costattr.core.scan.JsonHandler;
import io.costattr.core.scan.SseJson;
import java.util.function.Predicate;

/** Gives every line of a file a reading of its own. */
final class ResultLines implements JsonHandler, SseJson.Listener {
  private final Predicate<Reading> lines;
  private final Runnable otherwise;
  private Reading line = new Reading();

  /**
   * @param lines takes each line's reading, and says whether it was what it looked for
   * @param otherwise is told that a line was not: the file is another one
   */
  ResultLines(Predicate<Reading> lines, Runnable otherwise) {
    this.lines = lines;
    this.otherwise = otherwise;
  }

  @Override
  public void eventEnd(boolean malformedJson) {
    Reading read = line;
    line = new Reading();
    if (malformedJson || !lines.test(read)) {
      otherwise.run();
    }
  }

  @Override
  public void eventCut(boolean wholeJson) {
    // The download broke off; what is missing comes with the next one.
  }

  @Override
  public void number(int field, long value) {
    line.number(field, value);
  }

  @Override
  public void decimal(int field, String token) {
    line.decimal(field, token);
  }

  @Override
  public void string(int field, String value) {
    line.string(field, value);
  }

  @Override
  public void bool(int field, boolean value) {
    line.bool(field, value);
  }

  @Override
  public void present(int field) {
    line.present(field);
  }

  @Override
  public void closed(int field) {
    line.closed(field);
  }

  @Override
  public void tooLong(int field) {
    line.tooLong(field);
  }
}
