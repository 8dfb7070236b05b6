package io.costattr.cli;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Looks for events by the beginning of their ids, in files and their rotated predecessors. */
final class EventSearch {
  private final Map<String, JsonObject> found = new TreeMap<>();
  private final Set<Path> searched = new LinkedHashSet<>();

  /**
   * Searches files, plain or gzip.
   *
   * @return the events by their ids; an event that comes twice comes once
   * @throws Refusal when a file cannot be read
   */
  static Map<String, JsonObject> search(List<Path> files, String prefix) throws Refusal {
    EventSearch search = new EventSearch();
    for (Path file : files) {
      try {
        List<Path> all = withPredecessors(file);
        if (all.isEmpty()) {
          throw new Refusal("there is no file " + file);
        }
        for (Path one : all) {
          if (search.searched.add(one.toRealPath())) {
            search.search(one, prefix);
          }
        }
      } catch (IOException e) {
        throw new Refusal("cannot read " + file + ": " + e);
      }
    }
    return search.found;
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

  private void search(Path file, String prefix) throws IOException {
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // Parsing every line would take ten times as long.
        JsonObject event = line.contains(prefix) ? JsonObject.parse(line) : null;
        String id = event == null ? null : event.text("event_id");
        if (event != null && id != null && id.startsWith(prefix)) {
          found.putIfAbsent(id, event);
        }
      }
    } catch (EOFException | ZipException e) {
      // What could be read of a cut gzip file has been searched.
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    InputStream in = gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
  }
}
