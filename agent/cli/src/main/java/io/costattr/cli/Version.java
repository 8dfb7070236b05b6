package io.costattr.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The agent's version, written by the build. */
final class Version implements IVersionProvider {
  /** Made by picocli. */
  Version() {}

  @Override
  public String[] getVersion() throws IOException {
    try (InputStream in = Version.class.getClassLoader().getResourceAsStream("version.txt")) {
      String version =
          in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim();
      return new String[] {("costattr " + version).trim()};
    }
  }
}
