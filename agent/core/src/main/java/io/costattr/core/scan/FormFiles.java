package io.costattr.core.scan;

import org.jspecify.annotations.Nullable;

/** Reads the files that a form sends along. */
@FunctionalInterface
public interface FormFiles {
  /** Reads none of them. */
  FormFiles NONE = name -> null;

  /**
   * The content of a file begins; what came before it in the form has been told.
   *
   * @param name the name of the form's field
   * @return what reads the content: its end is told only when the whole file has passed; null to
   *     pass over it
   */
  @Nullable BodyReader open(String name);
}
