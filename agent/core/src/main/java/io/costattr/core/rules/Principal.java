package io.costattr.core.rules;

import io.costattr.core.Types;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a server or a framework has authenticated. Its claims are those that the framework has
 * parsed and verified; no token is ever read here. The frameworks' types are known by their names,
 * and found among those of the object itself, so that it is always the application's own copy.
 */
final class Principal {
  private static final String SPRING = "org.springframework.security.";
  private static final String AUTHENTICATION = SPRING + "core.Authentication";
  private static final String ANONYMOUS = SPRING + "authentication.AnonymousAuthenticationToken";
  private static final String JWT = "org.eclipse.microprofile.jwt.JsonWebToken";

  /** Types that have their claims in a map, and the method that returns it. */
  private static final Map<String, String> CLAIMS =
      Map.of(
          SPRING + "oauth2.core.ClaimAccessor",
          "getClaims",
          SPRING + "oauth2.core.OAuth2AuthenticatedPrincipal",
          "getAttributes",
          SPRING + "oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken",
          "getTokenAttributes",
          "io.micronaut.security.authentication.Authentication",
          "getAttributes");

  private static final Principal NOBODY = new Principal(null);

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private final @Nullable Object principal;

  private Principal(@Nullable Object principal) {
    this.principal = principal;
  }

  /** That object of a framework's; nobody when it is null, anonymous or not authenticated. */
  static Principal of(@Nullable Object principal) {
    return principal == null || !SHAPES.get(principal.getClass()).isKnown(principal)
        ? NOBODY
        : new Principal(principal);
  }

  /** Its name, or null. */
  @Nullable String name() {
    return principal instanceof java.security.Principal named ? named.getName() : null;
  }

  /** The claim of that name; where there is none, what is below {@code a.b} of such claims. */
  @Nullable Object claim(String name) {
    return principal == null ? null : SHAPES.get(principal.getClass()).claim(principal, name);
  }

  /** How objects of a class tell their claims; each null where they do not. */
  private record Shape(
      boolean anonymous,
      @Nullable MethodHandle isAuthenticated,
      @Nullable MethodHandle claims,
      @Nullable MethodHandle claim,
      @Nullable MethodHandle inner) {

    static Shape of(Class<?> type) {
      Set<Class<?>> all = Types.of(type);
      MethodHandle claims = null;
      MethodHandle claim = null;
      MethodHandle isAuthenticated = null;
      MethodHandle inner = null;
      boolean anonymous = false;
      for (Class<?> one : all) {
        String name = one.getName();
        anonymous |= name.equals(ANONYMOUS);
        if (CLAIMS.containsKey(name)) {
          claims = getter(one, CLAIMS.get(name), Map.class);
        } else if (name.equals(AUTHENTICATION)) {
          isAuthenticated = getter(one, "isAuthenticated", boolean.class);
          inner = getter(one, "getPrincipal", Object.class);
        } else if (name.equals(JWT)) {
          claim = handle(one, "getClaim", MethodType.methodType(Object.class, String.class));
        }
      }
      return new Shape(anonymous, isAuthenticated, claims, claim, inner);
    }

    boolean isKnown(Object principal) {
      return !anonymous
          && (isAuthenticated == null || Boolean.TRUE.equals(call(isAuthenticated, principal)));
    }

    @Nullable Object claim(Object principal, String name) {
      if (claim != null) {
        return call(claim, principal, name);
      }
      Object found = claims == null ? null : below(call(claims, principal), name);
      if (found != null || inner == null) {
        return found;
      }
      Object within = call(inner, principal);
      return within == null || within == principal ? null : Principal.of(within).claim(name);
    }

    private static @Nullable Object below(@Nullable Object claims, String name) {
      if (!(claims instanceof Map<?, ?> map)) {
        return null;
      }
      Object found = map.get(name);
      int dot = name.indexOf('.');
      return found != null || dot < 0
          ? found
          : below(map.get(name.substring(0, dot)), name.substring(dot + 1));
    }

    private static @Nullable MethodHandle getter(Class<?> type, String name, Class<?> returns) {
      return handle(type, name, MethodType.methodType(returns));
    }

    private static @Nullable MethodHandle handle(Class<?> type, String name, MethodType shape) {
      try {
        return MethodHandles.publicLookup().findVirtual(type, name, shape);
      } catch (NoSuchMethodException | IllegalAccessException absent) {
        return null;
      }
    }

    private static @Nullable Object call(MethodHandle handle, Object... arguments) {
      try {
        return handle.invokeWithArguments(arguments);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
