package io.costattr.weaving;

import io.costattr.core.Log;
import io.costattr.core.carry.Place;
import io.costattr.core.carry.Places;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a copy of the API. What reads them is made at the first hand-off after the copy was
 * loaded, and kept by the copy itself, so that neither outlives the application.
 */
final class NotedPlace implements Place {
  /** Of a copy that cannot be carried: an older one, or one that is being looked at right now. */
  private static final Place NOTHING =
      new Place() {
        @Override
        public @Nullable Object mark() {
          return null;
        }

        @Override
        public @Nullable Object carried() {
          return null;
        }

        @Override
        public @Nullable Object replace(@Nullable Object carried) {
          return null;
        }

        @Override
        public boolean restore(@Nullable Object mark) {
          return false;
        }
      };

  private static final ClassValue<Place> PLACES =
      new ClassValue<>() {
        @Override
        protected Place computeValue(Class<?> holder) {
          try {
            return (Place)
                AdviceLoader.of(holder.getClassLoader())
                    .loadClass("io.costattr.advice.context.ApiScopes")
                    .getConstructor()
                    .newInstance();
          } catch (ReflectiveOperationException | LinkageError fault) {
            Log.fault("carrying " + holder.getName(), fault);
            return NOTHING;
          }
        }
      };

  /** Whether this thread is looking at a copy: that may hand work over, and lead back here. */
  private static final ThreadLocal<@Nullable Boolean> LOOKING = new ThreadLocal<>();

  private final NotedClass noted;
  private volatile @Nullable WeakReference<Place> known;

  private NotedPlace(NotedClass noted) {
    this.noted = noted;
  }

  /** Called by the gate while the class is being loaded: it must not be touched yet. */
  static void note(String internalName, @Nullable ClassLoader loader) {
    Places.add(new NotedPlace(new NotedClass(internalName, loader)));
  }

  @Override
  public @Nullable Object mark() {
    return place().mark();
  }

  @Override
  public @Nullable Object carried() {
    return place().carried();
  }

  @Override
  public @Nullable Object carried(Object said) {
    return place().carried(said);
  }

  @Override
  public @Nullable Object replace(@Nullable Object carried) {
    return place().replace(carried);
  }

  @Override
  public boolean restore(@Nullable Object mark) {
    return place().restore(mark);
  }

  private Place place() {
    WeakReference<Place> weak = known;
    Place place = weak == null ? null : weak.get();
    return place == null ? look() : place;
  }

  private Place look() {
    if (LOOKING.get() != null) {
      return NOTHING;
    }
    LOOKING.set(true);
    try {
      Class<?> holder = noted.get();
      if (holder == null) {
        Places.remove(this);
        return NOTHING;
      }
      Place place = PLACES.get(holder);
      known = new WeakReference<>(place);
      return place;
    } finally {
      LOOKING.remove();
    }
  }
}
