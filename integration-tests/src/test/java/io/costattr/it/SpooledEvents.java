package io.costattr.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The events that an agent keeps on disk until the collector has them. */
public final class SpooledEvents {
  private static final Pattern ID =
      Pattern.compile(
          "costattr\\.event\\.id.{4,5}?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
          Pattern.DOTALL);

  private SpooledEvents() {}

  /** The ids of those below a directory, which need not be there. */
  public static List<String> ids(Path directory) throws IOException {
    List<String> ids = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ids.addAll(ids(Files.readAllBytes(file)));
      }
    } catch (NoSuchFileException notYet) {
      return List.of();
    }
    return ids;
  }

  /** Those in bytes of the spool or of OTLP: ids are written as they are in both. */
  public static List<String> ids(byte[] bytes) {
    return ID.matcher(new String(bytes, ISO_8859_1)).results().map(id -> id.group(1)).toList();
  }
}
