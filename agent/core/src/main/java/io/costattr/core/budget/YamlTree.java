package io.costattr.core.budget;

import io.costattr.core.config.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A configuration file whose parts know their lines, so that a fault can name one. */
final class YamlTree {
  private final Path file;
  private final YamlFile yaml;

  private YamlTree(Path file, YamlFile yaml) {
    this.file = file;
    this.yaml = yaml;
  }

  static YamlTree read(Path file) throws IOException, PolicyFault {
    return read(file, Files.readAllBytes(file));
  }

  static YamlTree read(Path file, byte[] text) throws PolicyFault {
    try {
      return new YamlTree(file, YamlFile.read(file.toString(), text));
    } catch (YamlFile.NotYaml e) {
      throw PolicyFault.noYaml(String.valueOf(e.getMessage()));
    }
  }

  /** Where the file is, for what is relative to it. */
  Path file() {
    return file;
  }

  /** The value of a key at the top; null when nothing is said there. */
  @Nullable Node at(String key) throws PolicyFault {
    List<Node> found = yaml.sections(key).stream().filter(node -> !isNothing(node)).toList();
    if (found.size() > 1) {
      throw fault(found.get(1), key + " are there twice");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar && scalar.getValue().isBlank();
  }

  List<Node> list(Node node, String what) throws PolicyFault {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw fault(node, what + " must be a list, each entry of which begins with a dash");
  }

  /** The entries of a list; a single value is a list of one. */
  List<Node> oneOrMore(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  MappingNode map(Node node, String what) throws PolicyFault {
    if (node instanceof MappingNode map) {
      return map;
    }
    throw fault(node, what + " must be keys with values");
  }

  /** Keys and values of a map, in order. */
  Map<String, Node> entries(Node node, String what) throws PolicyFault {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : map(node, what).getValue()) {
      entries.put(text(tuple.getKeyNode(), "a key of " + what), tuple.getValueNode());
    }
    return entries;
  }

  /** The same, of which only some keys are allowed. */
  Map<String, Node> fields(MappingNode node, Set<String> allowed, String what) throws PolicyFault {
    Map<String, Node> fields = entries(node, what);
    for (NodeTuple tuple : node.getValue()) {
      if (!allowed.contains(name(tuple.getKeyNode()))) {
        throw fault(
            tuple.getKeyNode(),
            what
                + " has no field \""
                + name(tuple.getKeyNode())
                + "\"; allowed are "
                + String.join(", ", new TreeSet<>(allowed)));
      }
    }
    return fields;
  }

  /** A value, which may be neither a list nor a map nor nothing. */
  String text(Node node, String what) throws PolicyFault {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw fault(node, what + " must be one value");
  }

  private static String name(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** Something is wrong at that place; null is the whole file. */
  PolicyFault fault(@Nullable Node at, String message) {
    String line =
        at == null || at.getStartMark().isEmpty()
            ? ""
            : " line " + (at.getStartMark().get().getLine() + 1);
    return new PolicyFault(file + line + ": " + message);
  }
}
