package io.costattr.export.jsonl;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Writes pico-USD as USD: plain, exact, without trailing zeros. By hand, because an entry has ten
 * of them and a decimal of the library's takes as long as half of the rest. Not thread-safe.
 */
final class PicoUsd {
  private static final int DECIMALS = 12;
  private static final long ONE = 1_000_000_000_000L;

  /** A sign, 7 digits, a point and 12 digits. */
  private final char[] text = new char[1 + 7 + 1 + DECIMALS];

  void write(JsonGenerator json, long pico) throws IOException {
    long whole = pico / ONE;
    long part = Math.abs(pico % ONE);
    if (part == 0) {
      json.writeNumber(whole);
      return;
    }
    int end = text.length;
    int decimals = DECIMALS;
    while (part % 10 == 0) {
      part /= 10;
      decimals--;
    }
    int at = end;
    for (int i = 0; i < decimals; i++) {
      text[--at] = (char) ('0' + part % 10);
      part /= 10;
    }
    text[--at] = '.';
    long digits = Math.abs(whole);
    do {
      text[--at] = (char) ('0' + digits % 10);
      digits /= 10;
    } while (digits > 0);
    if (pico < 0) {
      text[--at] = '-';
    }
    json.writeNumber(text, at, end - at);
  }
}
