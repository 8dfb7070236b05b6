package io.costattr.core.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A part of the configuration file as it is written, with its line, for sections that are no plain
 * keys and values. Every value is text. What is read of it goes as deep as who reads it asks for;
 * it may contain itself. Immutable.
 */
public final class YamlNode {
  private final Node node;

  private YamlNode(Node node) {
    this.node = node;
  }

  /** A key and its value. */
  public record Entry(String key, int line, YamlNode value) {}

  /**
   * The sections of that name in a file: at its top, or below {@code costattr:}.
   *
   * @throws IOException when the file cannot be read, or is no YAML
   */
  public static List<YamlNode> sections(Path file, String name) throws IOException {
    return YamlFile.read(file).sections(name).stream().map(YamlNode::new).toList();
  }

  /** The line it begins in, from 1. */
  public int line() {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }

  /** The text that it is; null when it is none, or nothing. */
  public @Nullable String text() {
    return node instanceof ScalarNode scalar && !isNothing() ? scalar.getValue() : null;
  }

  /** Whether nothing is written there. */
  public boolean isNothing() {
    return node.getTag().equals(Tag.NULL);
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  /** What is in a list; empty when it is none. */
  public List<YamlNode> items() {
    List<YamlNode> items = new ArrayList<>();
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        items.add(new YamlNode(item));
      }
    }
    return items;
  }

  /** What is in a map, in the order of the file; empty when it is none. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        YamlNode key = new YamlNode(tuple.getKeyNode());
        String name = key.text();
        entries.add(
            new Entry(name == null ? "" : name, key.line(), new YamlNode(tuple.getValueNode())));
      }
    }
    return entries;
  }
}
