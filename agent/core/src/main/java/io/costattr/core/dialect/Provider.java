package io.costattr.core.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose a host is, and how it speaks.
 *
 * @param name the GenAI semantic conventions' {@code gen_ai.provider.name} where they have one, in
 *     price books and events too
 * @param hosts its hosts, in lower case; one {@code *} in a name stands for one or more characters,
 *     and {@code :PORT} behind it for that port only
 * @param dialects how it speaks; of a path that several know, the first
 */
record Provider(String name, List<String> hosts, List<Dialect> dialects) {

  /** The dialect of that path, or null when calls there are none of a model, or not billed. */
  @Nullable Dialect dialect(String method, String path) {
    for (Dialect dialect : dialects) {
      if (dialect.endpoint(method, path) != null) {
        return dialect;
      }
    }
    return null;
  }
}
