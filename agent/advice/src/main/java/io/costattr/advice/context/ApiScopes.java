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
    // Nearly every one names a customer, which is quicker to see.
    if (said.customerId() == null && said.equals(Attribution.none())) {
      return null;
    }
    return OpenScopes.areWatched() ? new Watched(said, opening(innermost)) : said;
  }

  @Override
  public @Nullable Object carried(Object said) {
    if (!(said instanceof Attribution attribution) || said.equals(Attribution.none())) {
      return null;
    }
    return OpenScopes.areWatched()
        ? new Watched(attribution, OpenScopes.Opening.here())
        : attribution;
  }

  /** Where that was opened; if that was before anybody watched, where it is handed over. */
  private static OpenScopes.Opening opening(Scope innermost) {
    OpenScopes.Opening known = OpenScopes.opening(innermost);
    return known == null ? OpenScopes.Opening.here() : known;
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
  private record Watched(Attribution attribution, OpenScopes.Opening opening) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Watched watched && watched.attribution.equals(attribution);
    }

    @Override
    public int hashCode() {
      return attribution.hashCode();
    }
  }

  private static final class Watch implements ThreadState.Watcher {
    @Override
    public void opened(Scope scope, Attribution attribution, @Nullable Object origin) {
      OpenScopes.opened(scope, text(attribution), (OpenScopes.Opening) origin);
    }

    private static String text(Attribution said) {
      StringBuilder text = new StringBuilder("attribution");
      add(text, "customer_id", said.customerId());
      add(text, "feature", said.feature());
      add(text, "route", said.route());
      add(text, "team", said.team());
      return text.toString();
    }

    private static void add(StringBuilder text, String dimension, @Nullable String value) {
      if (value != null) {
        text.append(' ').append(dimension).append('=').append(value);
      }
    }

    @Override
    public void closed(Scope scope, boolean left) {
      OpenScopes.closed(scope, left);
    }
  }
}
