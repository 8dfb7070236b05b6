package io.costattr.export.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks into the files of spools while they are used. */
public final class SpoolFiles {
  private static final Pattern ID = Pattern.compile("costattr\\.event\\.ids.{4}([a-z0-9]+-[0-9]+)");

  private SpoolFiles() {}

  /** The event ids, such as {@code a-7}, of the events in that directory that are still needed. */
  public static Set<String> needed(Path directory) throws IOException {
    List<Path> segments = new ArrayList<>();
    for (Path service : list(directory)) {
      segments.addAll(list(service));
    }
    Set<String> ids = new HashSet<>();
    for (Path segment : segments) {
      byte[] bytes;
      try {
        bytes = Files.readAllBytes(segment);
      } catch (NoSuchFileException done) {
        continue;
      }
      Contents contents = Contents.of(ByteBuffer.wrap(bytes));
      contents.owed().stream()
          .forEach(
              index -> {
                byte[] event = Objects.requireNonNull(contents.event(index));
                Matcher id = ID.matcher(new String(event, StandardCharsets.ISO_8859_1));
                if (id.find()) {
                  ids.add(id.group(1));
                }
              });
    }
    return ids;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (NoSuchFileException notYet) {
      return List.of();
    }
  }
}
