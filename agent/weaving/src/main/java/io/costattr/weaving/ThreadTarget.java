package io.costattr.weaving;

import java.util.List;

/**
 * A class through which work goes to other threads.
 *
 * @param internalName its exact internal name
 * @param changes every one that is not optional must find its method, else the class is left alone
 */
record ThreadTarget(String internalName, List<Change> changes) {

  ThreadTarget(String internalName, Change... changes) {
    this(internalName, List.of(changes));
  }

  /**
   * One patched method; a method may have several.
   *
   * @param method its name
   * @param descriptor its descriptor; {@code *} for whichever
   * @param optional whether there are versions that lack it
   */
  record Change(String method, String descriptor, Patch patch, boolean optional) {

    Change(String method, String descriptor, Patch patch) {
      this(method, descriptor, patch, false);
    }

    Change whereThere() {
      return new Change(method, descriptor, patch, true);
    }

    boolean isOf(String name, String actual) {
      return method.equals(name) && (descriptor.equals("*") || descriptor.equals(actual));
    }
  }

  String className() {
    return internalName.replace('/', '.');
  }
}
