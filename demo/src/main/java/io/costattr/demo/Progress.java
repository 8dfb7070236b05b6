package io.costattr.demo;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import java.io.PrintStream;
import java.util.Objects;

/** Prints one line per call, under the attribution in force where it is reported. */
record Progress(PrintStream out) {

  void tokens(String call, long input, long output) {
    say(call, input + " tokens in, " + output + " out");
  }

  void say(String call, String outcome) {
    Attribution attribution = AttributionContext.current();
    out.printf(
        "  %-16s %-14s %-42s %s%n",
        Objects.toString(attribution.feature(), "-"),
        Objects.toString(attribution.customerId(), "-"),
        call,
        outcome);
  }
}
