package io.costattr.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipException;

/** Looks for events by the beginning of their ids, in files and their rotated predecessors. */
final class EventSearch {
  private final Map<String, JsonObject> found = new TreeMap<>();

  /**
   * Searches files, plain or gzip.
   *
   * @return the events by their ids; an event that comes twice comes once
   * @throws Refusal when a file cannot be read
   */
  static Map<String, JsonObject> search(List<Path> files, String prefix) throws Refusal {
    EventSearch search = new EventSearch();
    for (Path file : EventFiles.of(files)) {
      try {
        search.search(file, prefix);
      } catch (IOException e) {
        throw new Refusal("cannot read " + file + ": " + e);
      }
    }
    return search.found;
  }

  private void search(Path file, String prefix) throws IOException {
    try (BufferedReader lines = EventFiles.open(file)) {
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
}
