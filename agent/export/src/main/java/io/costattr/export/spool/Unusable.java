package io.costattr.export.spool;

import java.nio.file.Path;

/** A file with the name of a segment of which no event is to be had. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Contents.Form form;

  private Unusable(Contents.Form form, Path path) {
    super(path + ": " + form);
    this.form = form;
  }

  static void check(Contents contents, Path path) throws Unusable {
    if (contents.form() != Contents.Form.SEGMENT) {
      throw new Unusable(contents.form(), path);
    }
  }

  Contents.Form form() {
    return form;
  }
}
