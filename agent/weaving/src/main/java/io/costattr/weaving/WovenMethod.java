package io.costattr.weaving;

import io.costattr.weaving.AdviceMethod.Assignment;
import io.costattr.weaving.AdviceMethod.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;
import org.objectweb.asm.commons.AnalyzerAdapter;

/**
 * Writes a method with its advice around it:
 *
 * <pre>{@code
 * Object entered = null;
 * try { entered = <enter advice>; <replace arguments or fields> } catch (Throwable suppressed) { }
 * if (entered instanceof Throwable) throw entered;            // only if it may answer
 * if (entered instanceof <answer>) return entered;            // or nothing, of a method without result
 * R returned; Throwable thrown;
 * try { returned = <the method as it was>; thrown = null; }
 * catch (Throwable t) { returned = null; thrown = t; }        // only if the advice wants to know
 * try { <exit advice>; <replace returned> } catch (Throwable suppressed) { }
 * if (thrown != null) throw thrown;
 * return returned;
 * }</pre>
 *
 * <p>Advice is called by {@code invokedynamic}; in older class files by the dispatcher's {@code
 * call}, with everything in an array. The method as it was keeps its local variables to itself,
 * behind those of the advice, so that the advice at the exit sees the arguments as they came. Stack
 * map frames are those of the method with the same few variables in front; no class hierarchy is
 * asked for.
 */
final class WovenMethod extends MethodVisitor {
  private static final String OBJECT = "java/lang/Object";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final String BOOLEAN = "java/lang/Boolean";
  private static final String LONG = "java/lang/Long";

  /**
   * What the writer knows of the class.
   *
   * @param isOld whether its class file knows no {@code invokedynamic}
   */
  record Owner(String internalName, Map<String, String> fields, Handle bootstrap, boolean isOld) {}

  private final Owner owner;
  private final boolean isStatic;
  private final boolean isConstructor;
  private final Type[] arguments;
  private final Type returnType;
  private final @Nullable AdviceMethod enter;
  private final @Nullable AdviceMethod exit;
  private @Nullable AnalyzerAdapter analyzer;

  private final int enteredSlot;
  private final int returnedSlot;
  private final int thrownSlot;

  /** By how much the variables of the method as it was are moved. */
  private final int shift;

  private final Label bodyStart = new Label();
  private final Label bodyEnd = new Label();
  private final Label exitStart = new Label();

  private WovenMethod(
      MethodVisitor writer,
      Owner owner,
      int access,
      String name,
      String descriptor,
      @Nullable AdviceMethod enter,
      @Nullable AdviceMethod exit) {
    super(Opcodes.ASM9, writer);
    this.owner = owner;
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.isConstructor = name.equals("<init>");
    this.arguments = Type.getArgumentTypes(descriptor);
    this.returnType = Type.getReturnType(descriptor);
    this.enter = enter;
    this.exit = exit;
    if (isConstructor && (enter != null || onThrowable())) {
      throw new IllegalStateException("a constructor can have advice behind its end only");
    }
    int slot = isStatic ? 0 : 1;
    for (Type argument : arguments) {
      slot += argument.getSize();
    }
    enteredSlot = slot;
    returnedSlot = enteredSlot + 1;
    thrownSlot = returnedSlot + returnType.getSize();
    shift = thrownSlot + 1;
  }

  /** What is to visit the method as it was, so that it is written with its advice. */
  static MethodVisitor around(
      MethodVisitor writer,
      Owner owner,
      int access,
      String name,
      String descriptor,
      @Nullable AdviceMethod enter,
      @Nullable AdviceMethod exit) {
    WovenMethod woven = new WovenMethod(writer, owner, access, name, descriptor, enter, exit);
    AnalyzerAdapter analyzer =
        new AnalyzerAdapter(owner.internalName(), access, name, descriptor, woven);
    woven.analyzer = analyzer;
    return analyzer;
  }

  private boolean onThrowable() {
    return exit != null && exit.onThrowable();
  }

  // Before the method as it was.

  @Override
  public void visitCode() {
    super.visitCode();
    mv.visitInsn(Opcodes.ACONST_NULL);
    mv.visitVarInsn(Opcodes.ASTORE, enteredSlot);
    AdviceMethod first = enter;
    if (first != null) {
      call(first, false);
    }
    int slot = 0;
    if (!isStatic) {
      copy(Opcodes.ALOAD, Opcodes.ASTORE, slot++);
    }
    for (Type argument : arguments) {
      copy(argument.getOpcode(Opcodes.ILOAD), argument.getOpcode(Opcodes.ISTORE), slot);
      slot += argument.getSize();
    }
    mv.visitLabel(bodyStart);
  }

  private void copy(int load, int store, int slot) {
    mv.visitVarInsn(load, slot);
    mv.visitVarInsn(store, shift + slot);
  }

  // The method as it was, with its variables moved and its returns led to the exit.

  @Override
  public void visitVarInsn(int opcode, int variable) {
    super.visitVarInsn(opcode, variable + shift);
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    super.visitIincInsn(variable + shift, increment);
  }

  @Override
  public void visitLocalVariable(
      String name,
      String descriptor,
      @Nullable String signature,
      Label start,
      Label end,
      int index) {
    super.visitLocalVariable(name, descriptor, signature, start, end, index + shift);
  }

  @Override
  public void visitFrame(
      int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
    boolean constructing =
        isConstructor && localCount > 0 && locals[0] == Opcodes.UNINITIALIZED_THIS;
    List<Object> moved = variables(constructing, false);
    moved.addAll(Arrays.asList(locals).subList(0, localCount));
    mv.visitFrame(Opcodes.F_NEW, moved.size(), moved.toArray(), stackCount, stack);
  }

  @Override
  public void visitInsn(int opcode) {
    if (exit == null || opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
      super.visitInsn(opcode);
      return;
    }
    if (opcode != Opcodes.RETURN) {
      mv.visitVarInsn(returnType.getOpcode(Opcodes.ISTORE), returnedSlot);
    }
    dropRestOfStack();
    mv.visitInsn(Opcodes.ACONST_NULL);
    mv.visitVarInsn(Opcodes.ASTORE, thrownSlot);
    mv.visitJumpInsn(Opcodes.GOTO, exitStart);
  }

  /** A return may leave values behind; a jump may not. */
  private void dropRestOfStack() {
    AnalyzerAdapter known = analyzer;
    if (known == null || known.stack == null) {
      return;
    }
    for (int top = known.stack.size() - returnType.getSize(); top > 0; ) {
      boolean wide = known.stack.get(top - 1) == Opcodes.TOP && top > 1;
      mv.visitInsn(wide ? Opcodes.POP2 : Opcodes.POP);
      top -= wide ? 2 : 1;
    }
  }

  @Override
  public AnnotationVisitor visitLocalVariableAnnotation(
      int typeRef,
      @Nullable TypePath typePath,
      Label[] start,
      Label[] end,
      int[] index,
      String descriptor,
      boolean visible) {
    int[] moved = new int[index.length];
    for (int i = 0; i < index.length; i++) {
      moved[i] = index[i] + shift;
    }
    return super.visitLocalVariableAnnotation(
        typeRef, typePath, start, end, moved, descriptor, visible);
  }

  // Behind the method as it was.

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    AdviceMethod last = exit;
    if (last != null) {
      mv.visitLabel(bodyEnd);
      if (last.onThrowable()) {
        // Behind the method's own handlers, which come first in the table.
        Label thrown = new Label();
        mv.visitTryCatchBlock(bodyStart, bodyEnd, thrown, THROWABLE);
        mv.visitLabel(thrown);
        frame(false, THROWABLE);
        mv.visitVarInsn(Opcodes.ASTORE, thrownSlot);
        noReturnedValue();
      }
      mv.visitLabel(exitStart);
      frame(true, null);
      call(last, true);
      if (last.onThrowable()) {
        Label normally = new Label();
        mv.visitVarInsn(Opcodes.ALOAD, thrownSlot);
        mv.visitJumpInsn(Opcodes.IFNULL, normally);
        mv.visitVarInsn(Opcodes.ALOAD, thrownSlot);
        mv.visitInsn(Opcodes.ATHROW);
        mv.visitLabel(normally);
        frame(true, null);
      }
      if (returnType.getSort() != Type.VOID) {
        mv.visitVarInsn(returnType.getOpcode(Opcodes.ILOAD), returnedSlot);
      }
      mv.visitInsn(returnType.getOpcode(Opcodes.IRETURN));
    }
    super.visitMaxs(maxStack, maxLocals);
  }

  private void noReturnedValue() {
    switch (returnType.getSort()) {
      case Type.VOID -> {
        return;
      }
      case Type.LONG -> mv.visitInsn(Opcodes.LCONST_0);
      case Type.DOUBLE -> mv.visitInsn(Opcodes.DCONST_0);
      case Type.FLOAT -> mv.visitInsn(Opcodes.FCONST_0);
      case Type.OBJECT, Type.ARRAY -> mv.visitInsn(Opcodes.ACONST_NULL);
      default -> mv.visitInsn(Opcodes.ICONST_0);
    }
    mv.visitVarInsn(returnType.getOpcode(Opcodes.ISTORE), returnedSlot);
  }

  // A call of advice.

  /** Calls advice, and suppresses what it throws. */
  private void call(AdviceMethod advice, boolean ended) {
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    Label after = new Label();
    mv.visitTryCatchBlock(start, end, handler, THROWABLE);
    mv.visitLabel(start);
    if (owner.isOld()) {
      callAsOfOld(advice);
    } else {
      for (int i = 0; i < advice.parameters().size(); i++) {
        load(advice.parameters().get(i), Type.getArgumentTypes(advice.descriptor())[i]);
      }
      mv.visitInvokeDynamicInsn(
          advice.name(), advice.generalDescriptor(), owner.bootstrap(), advice.linkage());
    }
    if (!advice.isVoid()) {
      take(advice, ended, after);
    }
    mv.visitLabel(end);
    mv.visitJumpInsn(Opcodes.GOTO, after);
    mv.visitLabel(handler);
    frame(ended, THROWABLE);
    mv.visitInsn(Opcodes.POP);
    mv.visitLabel(after);
    frame(ended, null);
    if (!advice.answer().isEmpty()) {
      answer(advice.answer());
    }
  }

  /** Ends the method before it began, where the advice at the entry has answered in its place. */
  private void answer(String type) {
    Label notThrown = new Label();
    unless(THROWABLE, notThrown);
    mv.visitVarInsn(Opcodes.ALOAD, enteredSlot);
    mv.visitTypeInsn(Opcodes.CHECKCAST, THROWABLE);
    mv.visitInsn(Opcodes.ATHROW);
    mv.visitLabel(notThrown);
    frame(false, null);
    if (type.equals(THROWABLE)) {
      return;
    }
    Label none = new Label();
    unless(type, none);
    if (returnType.getSort() == Type.VOID) {
      mv.visitInsn(Opcodes.RETURN);
    } else {
      mv.visitVarInsn(Opcodes.ALOAD, enteredSlot);
      cast(returnType);
      mv.visitInsn(returnType.getOpcode(Opcodes.IRETURN));
    }
    mv.visitLabel(none);
    frame(false, null);
  }

  /** Goes there when what the advice at the entry returned is no such object. */
  private void unless(String type, Label there) {
    mv.visitVarInsn(Opcodes.ALOAD, enteredSlot);
    mv.visitTypeInsn(Opcodes.INSTANCEOF, type);
    mv.visitJumpInsn(Opcodes.IFEQ, there);
  }

  private void callAsOfOld(AdviceMethod advice) {
    List<Object> head =
        List.of(
            Type.getObjectType(owner.internalName()),
            advice.name(),
            advice.advice(),
            advice.descriptor());
    Type[] wanted = Type.getArgumentTypes(advice.descriptor());
    mv.visitIntInsn(Opcodes.BIPUSH, head.size() + wanted.length);
    mv.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    for (int i = 0; i < head.size() + wanted.length; i++) {
      mv.visitInsn(Opcodes.DUP);
      mv.visitIntInsn(Opcodes.BIPUSH, i);
      if (i < head.size()) {
        mv.visitLdcInsn(head.get(i));
      } else {
        load(advice.parameters().get(i - head.size()), wanted[i - head.size()]);
        box(wanted[i - head.size()]);
      }
      mv.visitInsn(Opcodes.AASTORE);
    }
    mv.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        owner.bootstrap().getOwner(),
        "call",
        "([Ljava/lang/Object;)Ljava/lang/Object;",
        false);
    if (advice.isVoid()) {
      mv.visitInsn(Opcodes.POP);
    }
  }

  private void box(Type type) {
    String boxed =
        switch (type.getSort()) {
          case Type.OBJECT, Type.ARRAY -> null;
          case Type.LONG -> "java/lang/Long";
          case Type.DOUBLE -> "java/lang/Double";
          case Type.FLOAT -> "java/lang/Float";
          case Type.BOOLEAN -> "java/lang/Boolean";
          case Type.INT -> "java/lang/Integer";
          default -> throw new IllegalStateException("no boxing of " + type);
        };
    if (boxed != null) {
      mv.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          boxed,
          "valueOf",
          "(" + type.getDescriptor() + ")L" + boxed + ";",
          false);
    }
  }

  /**
   * The advice's result is on the stack. What an earlier advice returned is needed no more.
   *
   * @param after where it goes on when the result is the answer
   */
  private void take(AdviceMethod advice, boolean ended, Label after) {
    mv.visitVarInsn(Opcodes.ASTORE, enteredSlot);
    if (!advice.answer().isEmpty()) {
      for (String answer : List.of(THROWABLE, advice.answer())) {
        mv.visitVarInsn(Opcodes.ALOAD, enteredSlot);
        mv.visitTypeInsn(Opcodes.INSTANCEOF, answer);
        mv.visitJumpInsn(Opcodes.IFNE, after);
      }
    }
    for (Assignment assignment : advice.assignments()) {
      Label nothing = new Label();
      Label done = new Label();
      mv.visitVarInsn(Opcodes.ALOAD, enteredSlot);
      if (assignment.index() >= 0) {
        mv.visitJumpInsn(Opcodes.IFNULL, done);
        mv.visitVarInsn(Opcodes.ALOAD, enteredSlot);
        mv.visitTypeInsn(Opcodes.CHECKCAST, "[Ljava/lang/Object;");
        mv.visitIntInsn(Opcodes.BIPUSH, assignment.index());
        mv.visitInsn(Opcodes.AALOAD);
      }
      mv.visitInsn(Opcodes.DUP);
      mv.visitJumpInsn(Opcodes.IFNULL, nothing);
      replace(assignment.target());
      mv.visitJumpInsn(Opcodes.GOTO, done);
      mv.visitLabel(nothing);
      frame(ended, OBJECT);
      mv.visitInsn(Opcodes.POP);
      mv.visitLabel(done);
      frame(ended, null);
    }
  }

  private void load(Source source, Type wanted) {
    switch (source.kind()) {
      case THIS -> mv.visitVarInsn(Opcodes.ALOAD, 0);
      case ENTERED -> mv.visitVarInsn(Opcodes.ALOAD, enteredSlot);
      case THROWN -> mv.visitVarInsn(Opcodes.ALOAD, thrownSlot);
      case ARGUMENT -> {
        Type type = arguments[source.argument()];
        sameKind(type, wanted);
        mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot(source.argument()));
      }
      case RETURNED -> {
        sameKind(returnType, wanted);
        mv.visitVarInsn(returnType.getOpcode(Opcodes.ILOAD), returnedSlot);
      }
      case FIELD -> {
        Type type = field(source);
        sameKind(type, wanted);
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitFieldInsn(
            Opcodes.GETFIELD, owner.internalName(), source.field(), type.getDescriptor());
      }
    }
  }

  /** What replaces is on the stack, as an object. */
  private void replace(Source target) {
    switch (target.kind()) {
      case ARGUMENT -> {
        cast(arguments[target.argument()]);
        Type type = arguments[target.argument()];
        mv.visitVarInsn(type.getOpcode(Opcodes.ISTORE), slot(target.argument()));
      }
      case FIELD -> {
        Type type = field(target);
        cast(type);
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitInsn(Opcodes.SWAP);
        mv.visitFieldInsn(
            Opcodes.PUTFIELD, owner.internalName(), target.field(), type.getDescriptor());
      }
      case RETURNED -> {
        cast(returnType);
        mv.visitVarInsn(returnType.getOpcode(Opcodes.ISTORE), returnedSlot);
      }
      default -> throw new IllegalStateException("nothing replaces " + target.kind());
    }
  }

  private void cast(Type type) {
    if (type.getSort() == Type.BOOLEAN) {
      mv.visitTypeInsn(Opcodes.CHECKCAST, BOOLEAN);
      mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BOOLEAN, "booleanValue", "()Z", false);
    } else if (type.getSort() == Type.LONG) {
      mv.visitTypeInsn(Opcodes.CHECKCAST, LONG);
      mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, LONG, "longValue", "()J", false);
    } else if (isReference(type)) {
      mv.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
    } else {
      throw new IllegalStateException(
          "advice replaces objects, longs and truth values, not " + type);
    }
  }

  private static void sameKind(Type type, Type wanted) {
    if (isReference(type) ? !isReference(wanted) : !type.equals(wanted)) {
      throw new IllegalStateException("advice wants " + wanted + ", there is " + type);
    }
  }

  private static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
  }

  private Type field(Source source) {
    String descriptor =
        source.inherited().isEmpty() ? owner.fields().get(source.field()) : source.inherited();
    if (descriptor == null) {
      throw new IllegalStateException("there is no field " + source.field());
    }
    return Type.getType(descriptor);
  }

  private int slot(int argument) {
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < argument; i++) {
      slot += arguments[i].getSize();
    }
    return slot;
  }

  // Stack map frames.

  /** A frame of the advice's code: nothing of the method's own variables. */
  private void frame(boolean ended, @Nullable String onStack) {
    List<Object> locals = variables(false, ended);
    Object[] stack = onStack == null ? new Object[0] : new Object[] {onStack};
    mv.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
  }

  /**
   * The variables in front of the method's own.
   *
   * @param constructing whether {@code this} is not initialized yet
   * @param ended whether the method as it was has ended
   */
  private List<Object> variables(boolean constructing, boolean ended) {
    List<Object> locals = new ArrayList<>();
    if (!isStatic) {
      locals.add(constructing ? Opcodes.UNINITIALIZED_THIS : owner.internalName());
    }
    for (Type argument : arguments) {
      locals.add(verified(argument));
    }
    locals.add(OBJECT);
    if (ended && returnType.getSort() != Type.VOID) {
      locals.add(verified(returnType));
    } else {
      for (int i = 0; i < returnType.getSize(); i++) {
        locals.add(Opcodes.TOP);
      }
    }
    locals.add(ended ? THROWABLE : Opcodes.TOP);
    return locals;
  }

  private static Object verified(Type type) {
    return switch (type.getSort()) {
      case Type.OBJECT, Type.ARRAY -> type.getInternalName();
      case Type.LONG -> Opcodes.LONG;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      case Type.FLOAT -> Opcodes.FLOAT;
      default -> Opcodes.INTEGER;
    };
  }
}
