package io.costattr.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which files the arguments mean. A file means its rotated predecessors too ({@code
 * events.jsonl.1}, {@code events.jsonl.2.gz}), since they are one log; a folder means the event
 * files in it; what names no file may be a glob. Each file comes once, however often it is meant.
 */
final class EventFiles {
  private static final Pattern EVENTS = Pattern.compile(".*\\.jsonl(\\.\\d+)?(\\.gz)?");
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  private final boolean rotated;
  private final Map<Object, Path> found = new LinkedHashMap<>();

  private EventFiles(boolean rotated) {
    this.rotated = rotated;
  }

  /**
   * The files, in the arguments' order.
   *
   * @param rotated whether a file's rotated predecessors come with it
   * @throws BadInput when an argument means no file
   */
  static List<Path> of(List<String> arguments, boolean rotated) throws BadInput {
    EventFiles files = new EventFiles(rotated);
    for (String argument : arguments) {
      try {
        files.add(argument);
      } catch (IOException e) {
        throw new BadInput("cannot look for " + argument + ": " + e);
      }
    }
    return new ArrayList<>(files.found.values());
  }

  private void add(String argument) throws IOException, BadInput {
    Path path = path(argument);
    if (path != null && Files.isDirectory(path)) {
      List<Path> inside = matching(path, file -> EVENTS.matcher(name(file)).matches());
      if (inside.isEmpty()) {
        throw new BadInput("no event files (*.jsonl, *.jsonl.1, *.jsonl.gz) in the folder " + path);
      }
      addAll(inside);
    } else if (path != null && Files.exists(path)) {
      addAll(predecessors(path));
      add(path);
    } else if (path != null && !predecessors(path).isEmpty()) {
      // Rotation has just moved the file aside and no event came since.
      addAll(predecessors(path));
    } else if (GLOB.matcher(argument).find()) {
      List<Path> matches = glob(argument);
      if (matches.isEmpty()) {
        throw new BadInput("no file matches " + argument);
      }
      addAll(matches);
    } else {
      throw new BadInput(
          "there is no file "
              + argument
              + "; the agent writes one with -Dcostattr.events.file="
              + argument);
    }
  }

  private List<Path> predecessors(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (!rotated || folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern older = Pattern.compile(Pattern.quote(name(path)) + "\\.\\d+(\\.gz)?");
    List<Path> siblings = matching(folder, file -> older.matcher(name(file)).matches());
    Path given = path.getParent();
    // Spoken of as the user spoke of the file.
    return given != null
        ? siblings.stream().map(sibling -> given.resolve(sibling.getFileName())).toList()
        : siblings.stream().map(Path::getFileName).toList();
  }

  private static List<Path> matching(Path folder, DirectoryStream.Filter<Path> filter)
      throws IOException {
    List<Path> matches = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, filter)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          matches.add(file);
        }
      }
    }
    matches.sort(null);
    return matches;
  }

  private static List<Path> glob(String argument) throws IOException {
    int wild = Math.max(0, firstWild(argument));
    int slash = argument.lastIndexOf('/', wild);
    Path root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : argument.substring(0, slash));
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    String rest = argument.substring(slash + 1);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/").length;
    List<Path> matches = new ArrayList<>();
    Files.walkFileTree(
        root,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && matcher.matches(root.relativize(file))) {
              matches.add(slash < 0 ? root.relativize(file) : file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException fault) {
            return FileVisitResult.CONTINUE;
          }
        });
    matches.sort(null);
    return matches;
  }

  private static int firstWild(String argument) {
    for (int i = 0; i < argument.length(); i++) {
      if ("*?[{".indexOf(argument.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private void addAll(Collection<Path> paths) {
    paths.forEach(this::add);
  }

  private void add(Path path) {
    Object key;
    try {
      key = path.toRealPath(new LinkOption[0]);
    } catch (IOException e) {
      key = path.toAbsolutePath().normalize();
    }
    found.putIfAbsent(key, path);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static @Nullable Path path(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
