package io.costattr.core.budget;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A configuration file as a tree whose parts know their lines, so that a fault can name one. */
final class YamlTree {
  private static final String PREFIX = "costattr";

  private final Path file;
  private final @Nullable Node root;

  private YamlTree(Path file, @Nullable Node root) {
    this.file = file;
    this.root = root;
  }

  /** Reads a whole file; does not close the stream. */
  static YamlTree read(Path file, InputStream in) throws IOException, PolicyFault {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      return new YamlTree(file, new Compose(settings).composeInputStream(in).orElse(null));
    } catch (YamlEngineException e) {
      throw PolicyFault.noYaml(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw PolicyFault.noYaml(file + " is nested too deeply");
    }
  }

  /** Where the file is, for what is relative to it. */
  Path file() {
    return file;
  }

  /** The value of a key at the top, where {@code costattr:} may be written or left out. */
  @Nullable Node at(String key) throws PolicyFault {
    if (!(root instanceof MappingNode top)) {
      return null;
    }
    Node found = null;
    for (NodeTuple tuple : top.getValue()) {
      String name = name(tuple.getKeyNode());
      if (name.equals(key) || name.equals(PREFIX + "." + key)) {
        found = tuple.getValueNode();
      } else if (name.equals(PREFIX) && tuple.getValueNode() instanceof MappingNode nested) {
        for (NodeTuple inner : nested.getValue()) {
          if (name(inner.getKeyNode()).equals(key)) {
            found = inner.getValueNode();
          }
        }
      }
    }
    return found == null || isNothing(found) ? null : found;
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
      String name = text(tuple.getKeyNode(), "a key of " + what);
      if (entries.put(name, tuple.getValueNode()) != null) {
        throw fault(tuple.getKeyNode(), what + " says \"" + name + "\" twice");
      }
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
