package io.costattr.core.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A configuration file as it is written, for sections that are no plain keys and values. Good is
 * what is good for the settings: a file that is ignored there has no sections either. Immutable.
 */
public final class YamlFile {
  private static final String OWN = Key.PREFIX.substring(0, Key.PREFIX.length() - 1);

  private final @Nullable Node root;

  private YamlFile(@Nullable Node root) {
    this.root = root;
  }

  /** A file that is there, and is no YAML: the settings are not read from it either. */
  public static final class NotYaml extends IOException {
    private static final long serialVersionUID = 1L;

    NotYaml(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read
   * @throws NotYaml when it is no YAML; names the file and the line
   */
  public static YamlFile read(Path file) throws IOException {
    return read(file.toString(), Files.readAllBytes(file));
  }

  /** The same, of the text of a file. */
  public static YamlFile read(String file, byte[] text) throws NotYaml {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setSchema(new PlainSchema()).build();
    try {
      // Composing alone lets pass what would have the whole file ignored, as a key that is there
      // twice.
      new Load(settings).loadFromInputStream(new ByteArrayInputStream(text));
      return new YamlFile(
          new Compose(settings).composeInputStream(new ByteArrayInputStream(text)).orElse(null));
    } catch (YamlEngineException e) {
      throw new NotYaml(String.valueOf(e.getMessage()), e);
    } catch (StackOverflowError e) {
      throw new NotYaml(file + " is nested too deeply", e);
    }
  }

  /** The values of a key at the top, where {@code costattr:} may be written or left out. */
  public List<Node> sections(String key) {
    List<Node> found = new ArrayList<>();
    for (NodeTuple tuple : tuples(root)) {
      String name = name(tuple);
      if (name.equals(key) || name.equals(Key.PREFIX + key)) {
        found.add(tuple.getValueNode());
      } else if (name.equals(OWN)) {
        for (NodeTuple below : tuples(tuple.getValueNode())) {
          if (name(below).equals(key)) {
            found.add(below.getValueNode());
          }
        }
      }
    }
    return found;
  }

  private static List<NodeTuple> tuples(@Nullable Node node) {
    return node instanceof MappingNode map ? map.getValue() : List.of();
  }

  private static String name(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
  }
}
