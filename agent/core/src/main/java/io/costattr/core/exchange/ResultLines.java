package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.dialect.PayerFields;
import io.costattr.core.dialect.Reading;
import io.costattr.core.scan.JsonHandler;
import io.costattr.core.scan.SseJson;
import org.jspecify.annotations.Nullable;

/** Gives every line of a file a reading of its own. */
final class ResultLines implements JsonHandler, SseJson.Listener {
  private final BatchDownload lines;
  private final PayerFields payer;
  private @Nullable ObservedBody body;
  private boolean found;
  private Reading line = new Reading();

  /**
   * @param lines takes each line
   */
  ResultLines(BatchDownload lines) {
    this.lines = lines;
    this.payer = new PayerFields(lines.payer());
  }

  /** What is not to be read any further when the first line is not one of results. */
  void stops(ObservedBody read) {
    body = read;
  }

  @Override
  public void eventEnd(boolean malformedJson) {
    Reading read = line;
    line = new Reading();
    if (malformedJson) {
      lines.payer().forget();
    }
    if (!malformedJson && lines.take(read)) {
      found = true;
    } else if (found) {
      Log.warnOnce("batch:line", "a line of a batch job's results cannot be read; it has no entry");
    } else if (body != null) {
      body.terminate();
    }
  }

  @Override
  public void eventCut(boolean wholeJson) {
    // The download broke off; what is missing comes with the next one.
  }

  @Override
  public void number(int field, long value) {
    if (!PayerFields.isOne(field)) {
      line.number(field, value);
    }
  }

  @Override
  public void decimal(int field, String token) {
    if (!PayerFields.isOne(field)) {
      line.decimal(field, token);
    }
  }

  @Override
  public void string(int field, String value) {
    if (PayerFields.isOne(field)) {
      payer.string(field, value);
    } else {
      line.string(field, value);
    }
  }

  @Override
  public void key(int field, String name) {
    payer.key(name);
  }

  @Override
  public void bool(int field, boolean value) {
    if (!PayerFields.isOne(field)) {
      line.bool(field, value);
    }
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
    if (PayerFields.isOne(field)) {
      payer.tooLong(field);
    } else {
      line.tooLong(field);
    }
  }
}
