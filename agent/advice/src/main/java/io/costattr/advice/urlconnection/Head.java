package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import java.util.Locale;

/**
 * The head of a request, of a class of the JDK's that nobody else may use: what it says as text is
 * read, {@code {Name: value}{Name: value}}. A connection gives nobody the headers that are secret.
 */
final class Head {
  private Head() {}

  static Exchange.Headers of(Object head) {
    return name -> {
      String text = head.toString();
      String begin = "{" + name.toLowerCase(Locale.ROOT) + ": ";
      int at = text.toLowerCase(Locale.ROOT).indexOf(begin);
      if (at < 0) {
        return null;
      }
      int from = at + begin.length();
      int next = text.indexOf("}{", from);
      int end = next < 0 ? text.lastIndexOf('}') : next;
      return end < from ? null : text.substring(from, end);
    };
  }
}
