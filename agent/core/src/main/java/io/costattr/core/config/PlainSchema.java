package io.costattr.core.config;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Every value is text as it was written, or null: a release 1.10 is not the number 1.1. What it
 * means is for its key to say.
 */
final class PlainSchema implements Schema, ScalarResolver {
  private final Schema core = new CoreSchema();

  @Override
  public ScalarResolver getScalarResolver() {
    return this;
  }

  @Override
  public Tag resolve(String value, Boolean implicit) {
    Tag tag = core.getScalarResolver().resolve(value, implicit);
    return tag.equals(Tag.NULL) ? tag : Tag.STR;
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return core.getSchemaTagConstructors();
  }
}
