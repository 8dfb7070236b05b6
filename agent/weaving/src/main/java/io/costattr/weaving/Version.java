package io.costattr.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The agent's version, written by the build. */
final class Version {
  private Version() {}

  static String current() {
    try (InputStream in = Version.class.getClassLoader().getResourceAsStream("version.txt")) {
      return in == null
          ? "costattr"
          : "costattr ".concat(new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim());
    } catch (IOException e) {
      return "costattr";
    }
  }
}
