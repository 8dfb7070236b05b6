package io.costattr.weaving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class to weave.
 *
 * @param internalName its exact internal name; there is no hierarchy matching anywhere
 * @param library what a user calls it, for messages
 * @param hooks the methods to weave; every one that is not optional must be there, else the class
 *     is left alone
 * @param unless a class of the library's versions in which another target serves, or null
 * @param whenAsked whether it is of use only where requests are asked for more than their routes
 */
record Target(
    String internalName,
    String library,
    List<Hook> hooks,
    @Nullable String unless,
    boolean whenAsked) {

  Target(String internalName, String library, Hook... hooks) {
    this(internalName, library, List.of(hooks), null, false);
  }

  /** This target, in versions of the library that lack the class of that internal name. */
  Target unless(String present) {
    return new Target(internalName, library, hooks, present, whenAsked);
  }

  /** This target, where the configuration has rules that ask requests, or trusts their baggage. */
  Target ifAsked() {
    return new Target(internalName, library, hooks, unless, true);
  }

  /** Whether the library that the loader sees is of a version in which this is to be woven. */
  boolean isWantedIn(@Nullable ClassLoader loader) {
    return unless == null || loader == null || loader.getResource(unless + ".class") == null;
  }

  /** Whether the application begins to serve a request there, to run a job or to take a message. */
  boolean serves() {
    return hooks.get(0).advice().startsWith("io.costattr.advice.serving.");
  }

  String className() {
    return internalName.replace('/', '.');
  }
}
