package io.costattr.advice.context;

import io.costattr.api.Attribution;
import io.costattr.api.Scope;
import io.costattr.api.ThreadState;
import io.costattr.core.carry.OpenScopes;
import io.costattr.core.carry.Place;
import org.jspecify.annotations.Nullable;

/** Carries what the application's own copy of the API has in force. */
public final class ApiScopes implements Place {

  /** Made when the copy is first asked. */
  public ApiScopes() {
    if (OpenScopes.areWatched()) {
      ThreadState.watch(new Watch());
    }
  }

  @Override
  public @Nullable Object mark() {
    return ThreadState.innermost();
  }

  @Override
  public @Nullable Object carried() {
    Scope innermost = ThreadState.innermost();
    if (innermost == null) {
      return null;
    }
    Attribution said = ThreadState.attribution(innermost);
    if (said.equals(Attribution.none())) {
      return null;
    }
    OpenScopes.Opening opening = OpenScopes.areWatched() ? OpenScopes.opening(innermost) : null;
    return opening == null ? said : new Watched(said, opening);
  }

  @Override
  public @Nullable Object replace(@Nullable Object carried) {
    return carried instanceof Watched watched
        ? ThreadState.replace(watched.attribution(), watched.opening())
        : ThreadState.replace((Attribution) carried, null);
  }

  @Override
  public boolean restore(@Nullable Object mark) {
    return ThreadState.restore((Scope) mark);
  }

  /** In the debug mode, with where it was opened. */
  private record Watched(Attribution attribution, OpenScopes.Opening opening) {}

  private static final class Watch implements ThreadState.Watcher {
    @Override
    public void opened(Scope scope, Attribution attribution, @Nullable Object origin) {
      OpenScopes.opened(scope, attribution.toString(), (OpenScopes.Opening) origin);
    }

    @Override
    public void closed(Scope scope) {
      OpenScopes.closed(scope);
    }
  }
}
