package io.costattr.weaving;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;

/**
 * A method of an advice class: what it wants to be told, and what its result replaces. Immutable.
 *
 * @param advice the class name of the advice
 * @param name the method's name
 * @param descriptor the method's descriptor
 * @param parameters what each parameter is told, in their order
 * @param assignments what the result replaces, unless it is null
 * @param onThrowable of a method for the exit: whether it is told of exceptions as well
 * @param answer of a method for the entry: the internal name of a class that the woven class sees;
 *     when the result is one, it is the answer in the place of the call, and so is an exception,
 *     which is thrown; of a method without result that class only says that there is an answer.
 *     Empty when there is none
 * @param constants what the linker is told besides the advice and the descriptor
 */
record AdviceMethod(
    String advice,
    String name,
    String descriptor,
    List<Source> parameters,
    List<Assignment> assignments,
    boolean onThrowable,
    String answer,
    List<String> constants) {

  AdviceMethod(
      String advice,
      String name,
      String descriptor,
      List<Source> parameters,
      List<Assignment> assignments,
      boolean onThrowable,
      String answer) {
    this(advice, name, descriptor, parameters, assignments, onThrowable, answer, List.of());
  }

  /** What a parameter is told. */
  enum Kind {
    THIS,
    ARGUMENT,
    FIELD,
    /** What the advice at the entry returned. */
    ENTERED,
    RETURNED,
    THROWN
  }

  /**
   * @param argument the argument's index, for {@link Kind#ARGUMENT}
   * @param field the field's name, for {@link Kind#FIELD}
   * @param inherited the descriptor of a field that a superclass declares; empty for any other
   */
  record Source(Kind kind, int argument, String field, String inherited) {
    Source(Kind kind, int argument, String field) {
      this(kind, argument, field, "");
    }
  }

  /**
   * A replacement by the result of the advice.
   *
   * @param target {@link Kind#ARGUMENT}, {@link Kind#FIELD} or {@link Kind#RETURNED}
   * @param index which element of the result, that is an array then; -1 for the result itself
   */
  record Assignment(Source target, int index) {}

  /** What the linker is told. */
  Object[] linkage() {
    List<Object> linkage = new ArrayList<>(List.of(advice, descriptor));
    linkage.addAll(constants);
    return linkage.toArray();
  }

  boolean isVoid() {
    return Type.getReturnType(descriptor).getSort() == Type.VOID;
  }

  /**
   * The descriptor of the call in the woven method. References are plain objects, so that the woven
   * class need not see the types of the advice.
   */
  String generalDescriptor() {
    Type[] arguments = Type.getArgumentTypes(descriptor);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = general(arguments[i]);
    }
    return Type.getMethodDescriptor(general(Type.getReturnType(descriptor)), arguments);
  }

  private static Type general(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY
        ? Type.getType(Object.class)
        : type;
  }
}
