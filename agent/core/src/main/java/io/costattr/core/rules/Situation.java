package io.costattr.core.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules may ask for where a call is made: of this thread, see {@link Here}, or made up to try
 * them. Null, and an empty list, for what is not known. Each may throw.
 */
public interface Situation {
  /** Every value of that header of the request that is served. */
  List<String> headers(String name);

  /** The path of that request, without the query. */
  @Nullable String path();

  /** The method of that request. */
  @Nullable String method();

  /** The claim of that name of whom a server or a framework has authenticated. */
  @Nullable Object claim(String name);

  /** The name of whom they have authenticated. */
  @Nullable String principal();

  /** What the application's logging has for that key. */
  @Nullable String mdc(String key);

  /** {@code class.method} of the application's nearest frame. */
  @Nullable String caller();

  /** {@code class.method} of the job within which the call is made. */
  @Nullable String job();
}
