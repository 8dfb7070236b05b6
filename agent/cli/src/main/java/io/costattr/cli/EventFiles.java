package io.costattr.cli;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Files of events and their rotated predecessors, plain or gzip. */
final class EventFiles {
  private EventFiles() {}

  /**
   * The files and their predecessors, each once.
   *
   * @throws Refusal when one does not exist, nor any predecessor of it, or cannot be read
   */
  static List<Path> of(List<Path> files) throws Refusal {
    Map<Path, Path> all = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        List<Path> found = withPredecessors(file);
        if (found.isEmpty()) {
          throw new Refusal("there is no file " + file);
        }
        for (Path one : found) {
          all.putIfAbsent(one.toRealPath(), one);
        }
      } catch (IOException e) {
        throw new Refusal("cannot read " + file + ": " + e);
      }
    }
    return new ArrayList<>(all.values());
  }

  private static List<Path> withPredecessors(Path file) throws IOException {
    List<Path> all = new ArrayList<>();
    if (Files.exists(file)) {
      all.add(file);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && Files.isDirectory(folder)) {
      Pattern older =
          Pattern.compile(Pattern.quote(String.valueOf(file.getFileName())) + "\\.\\d+(\\.gz)?");
      try (DirectoryStream<Path> siblings =
          Files.newDirectoryStream(
              folder, sibling -> older.matcher(String.valueOf(sibling.getFileName())).matches())) {
        siblings.forEach(all::add);
      }
    }
    return all;
  }

  /** The lines of a file. */
  static BufferedReader open(Path file) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    InputStream in = gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
  }
}
