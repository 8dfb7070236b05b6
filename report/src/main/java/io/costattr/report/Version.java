package io.costattr.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The report's version, written by the build. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream in = Version.class.getResourceAsStream("/report-version.txt")) {
      String version =
          in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim();
      return new String[] {"costattr report " + version};
    }
  }
}
