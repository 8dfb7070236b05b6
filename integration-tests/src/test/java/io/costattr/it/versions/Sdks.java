package io.costattr.it.versions;

import java.util.List;

/** SDKs besides openai-java. */
final class Sdks {
  static final List<Library> ALL = List.of();

  private Sdks() {}
}
