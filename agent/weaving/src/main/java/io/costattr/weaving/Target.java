package io.costattr.weaving;

import java.util.List;

/**
 * A class to weave.
 *
 * @param internalName its exact internal name; there is no hierarchy matching anywhere
 * @param library what a user calls it, for messages
 * @param hooks the methods to weave; every one must be there, else the class is left alone
 */
record Target(String internalName, String library, List<Hook> hooks) {

  Target(String internalName, String library, Hook... hooks) {
    this(internalName, library, List.of(hooks));
  }

  String className() {
    return internalName.replace('/', '.');
  }
}
