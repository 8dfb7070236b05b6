package io.costattr.weaving;

/**
 * One woven method: which, and by which advice. Plain data, read in premain.
 *
 * @param method the method's name, {@code <init>} for a constructor
 * @param descriptor its exact descriptor; or, ending in {@code *}, what its descriptor must begin
 *     with, where versions of the library differ in the rest
 * @param advice the class name of the advice
 */
record Hook(String method, String descriptor, String advice) {

  boolean matches(String name, String actual) {
    return method.equals(name)
        && (descriptor.endsWith("*")
            ? actual.startsWith(descriptor.substring(0, descriptor.length() - 1))
            : actual.equals(descriptor));
  }

  @Override
  public String toString() {
    return method + descriptor;
  }
}
