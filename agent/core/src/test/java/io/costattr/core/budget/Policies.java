package io.costattr.core.budget;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;

/** Policies as a configuration file says them. */
final class Policies {
  private Policies() {}

  static Policy read(String yaml) throws PolicyFault {
    YamlTree tree = YamlTree.read(Path.of("costattr.yaml"), yaml.getBytes(UTF_8));
    return PolicyReader.read(tree, tree.at("budgets"), new ArrayList<>());
  }

  /** One that is known to be good. */
  static Policy of(String yaml) {
    try {
      return read(yaml);
    } catch (PolicyFault fault) {
      throw new AssertionError(fault);
    }
  }
}
