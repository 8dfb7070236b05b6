package io.costattr.core.rules;

import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Served;
import io.costattr.core.stack.CallSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known on the calling thread, asked for at most once in one call. For one thread. */
final class Here implements Situation {
  private final @Nullable Served served = Served.current();
  private @Nullable String caller;
  private boolean callerAsked;
  private @Nullable String job;
  private boolean jobAsked;

  @Override
  public List<String> headers(String name) {
    return served == null ? List.of() : served.headers(name);
  }

  @Override
  public @Nullable String path() {
    return served == null ? null : served.path();
  }

  @Override
  public @Nullable String method() {
    return served == null ? null : served.method();
  }

  /** Of the request's own principal first: a framework may keep another one on the thread. */
  @Override
  public @Nullable Object claim(String name) {
    Object claim = served == null ? null : Principal.of(served.principal()).claim(name);
    return claim != null ? claim : Principal.of(ContextSources.principal()).claim(name);
  }

  @Override
  public @Nullable String principal() {
    String name = served == null ? null : Principal.of(served.principal()).name();
    return name != null ? name : Principal.of(ContextSources.principal()).name();
  }

  @Override
  public @Nullable String mdc(String key) {
    return ContextSources.mdc(key);
  }

  @Override
  public @Nullable String caller() {
    if (!callerAsked) {
      caller = CallSite.caller();
      callerAsked = true;
    }
    return caller;
  }

  @Override
  public @Nullable String job() {
    if (!jobAsked) {
      job = CallSite.job();
      jobAsked = true;
    }
    return job;
  }
}
