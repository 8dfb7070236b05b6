package io.costattr.weaving;

/**
 * One woven method: which, and by which advice. Plain data, read in premain.
 *
 * @param method the method's name, {@code <init>} for a constructor; or several names divided by
 *     {@code |}, where versions of the library differ in it
 * @param descriptor its exact descriptor; or, ending in {@code *}, what its descriptor must begin
 *     with, where versions of the library differ in the rest
 * @param advice the class name of the advice
 * @param optional whether there are versions of the library that lack the method
 */
record Hook(String method, String descriptor, String advice, boolean optional) {

  Hook(String method, String descriptor, String advice) {
    this(method, descriptor, advice, false);
  }

  /** This hook, where the library's version has the method. */
  Hook whereThere() {
    return new Hook(method, descriptor, advice, true);
  }

  boolean matches(String name, String actual) {
    return isNamed(name)
        && (descriptor.endsWith("*")
            ? actual.startsWith(descriptor.substring(0, descriptor.length() - 1))
            : actual.equals(descriptor));
  }

  private boolean isNamed(String name) {
    int at = method.indexOf(name);
    int end = at + name.length();
    return at >= 0
        && (at == 0 || method.charAt(at - 1) == '|')
        && (end == method.length() || method.charAt(end) == '|');
  }

  @Override
  public String toString() {
    return method + descriptor;
  }
}
