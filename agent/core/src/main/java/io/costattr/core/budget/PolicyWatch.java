package io.costattr.core.budget;

import io.costattr.core.Log;
import io.costattr.core.file.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of the configuration file, read again when it changes, or a file that it names. What
 * cannot be used is refused whole and said in one line, and the last good stays. One thread uses
 * it.
 */
final class PolicyWatch {
  private static final String BUDGETS = "budgets";

  private final Path file;
  private List<Path> files;
  private List<Object> stamps = List.of();

  PolicyWatch(Path file) {
    this.file = file;
    this.files = List.of(file);
  }

  /** The policy, when it is another one than the last time; null when it is not, or no good. */
  @Nullable Policy poll() {
    List<Object> now = stamps();
    if (now.equals(stamps)) {
      return null;
    }
    boolean first = stamps.isEmpty();
    stamps = now;
    if (first && !Files.isRegularFile(file)) {
      return null;
    }
    try {
      Policy policy = read();
      stamps = stamps();
      return policy;
    } catch (PolicyFault fault) {
      // Whoever reads the settings says at the start that a file is no YAML.
      if (!first || !fault.isNoYaml()) {
        Log.warn(
            fault.getMessage()
                + "; the budgets of this file are refused, "
                + (first ? "there are none" : "the last good ones stay"));
      }
    } catch (IOException fault) {
      Log.warn(
          "cannot read the budgets of "
              + file
              + ": "
              + Reason.of(fault)
              + (first ? "" : "; the last good ones stay"));
    }
    return null;
  }

  private Policy read() throws IOException, PolicyFault {
    List<Path> named = new ArrayList<>(List.of(file));
    try {
      return read(file, named);
    } finally {
      files = named;
    }
  }

  /**
   * The policy of a configuration file.
   *
   * @param named to which those files are added that it names
   */
  static Policy read(Path file, List<Path> named) throws IOException, PolicyFault {
    YamlTree tree = YamlTree.read(file);
    return PolicyReader.read(tree, tree.at(BUDGETS), named);
  }

  private List<Object> stamps() {
    List<Object> found = new ArrayList<>();
    for (Path one : files) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(one, BasicFileAttributes.class);
        found.add(attributes.lastModifiedTime());
        found.add(attributes.size());
        found.add(String.valueOf(attributes.fileKey()));
      } catch (IOException missing) {
        found.add("missing");
      }
    }
    return found;
  }
}
