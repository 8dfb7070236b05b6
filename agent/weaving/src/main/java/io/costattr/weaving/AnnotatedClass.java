package io.costattr.weaving;

import io.costattr.core.Log;
import io.costattr.core.annotation.AnnotatedMethod;
import io.costattr.core.annotation.Declared;
import io.costattr.weaving.AdviceMethod.Kind;
import io.costattr.weaving.AdviceMethod.Source;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Weaves an application's methods that have {@code @Attributed}, as {@link Weaver} does those of
 * libraries. There is no advice to load: the call site holds what the annotation says and is told
 * the arguments that it wants.
 */
final class AnnotatedClass {
  /** Stands where woven call sites name their advice; no class is called so. */
  static final String MARK = "@Attributed";

  private static final int VERSION_AT = 6;
  private static final String ENTER = "enter";
  private static final AdviceMethod EXIT =
      new AdviceMethod(
          MARK,
          "leave",
          "(Ljava/lang/Object;)V",
          List.of(new Source(Kind.ENTERED, -1, "")),
          List.of(),
          true,
          "");

  private AnnotatedClass() {}

  /**
   * The woven class file; null when nothing is to be woven.
   *
   * @param bootstrap the bootstrap method of woven call sites
   */
  static byte @Nullable [] weave(byte[] classFile, Method bootstrap) {
    Map<String, Declared> methods = AnnotatedMethods.of(classFile);
    if (methods.isEmpty()) {
      return null;
    }
    ClassReader reader = new ClassReader(classFile);
    int version = reader.readUnsignedShort(VERSION_AT);
    if (version < Opcodes.V1_7) {
      Log.warnOnce(
          "annotation:" + reader.getClassName(),
          "@Attributed in "
              + reader.getClassName().replace('/', '.')
              + " does not count: its class file is of version "
              + version
              + ", those before 51 (Java 7) are not woven");
      return null;
    }
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Handle handle =
        new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(bootstrap.getDeclaringClass()),
            bootstrap.getName(),
            Type.getMethodDescriptor(bootstrap),
            false);
    WovenMethod.Owner owner = new WovenMethod.Owner(reader.getClassName(), Map.of(), handle, false);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            MethodVisitor method =
                super.visitMethod(access, name, descriptor, signature, exceptions);
            Declared declared = methods.get(name + descriptor);
            return declared == null
                ? method
                : WovenMethod.around(
                    method, owner, access, name, descriptor, enter(declared, descriptor), EXIT);
          }
        },
        ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** What is called first in the method: it is told the arguments that are wanted. */
  private static AdviceMethod enter(Declared declared, String descriptor) {
    Type[] types = Type.getArgumentTypes(descriptor);
    List<Source> told = new ArrayList<>();
    List<Type> wanted = new ArrayList<>();
    for (int argument : declared.arguments(types.length)) {
      told.add(new Source(Kind.ARGUMENT, argument, ""));
      wanted.add(types[argument]);
    }
    List<String> constants = new ArrayList<>(declared.constants());
    constants.add(0, Integer.toString(types.length));
    return new AdviceMethod(
        MARK,
        ENTER,
        Type.getMethodDescriptor(Type.getType(Object.class), wanted.toArray(new Type[0])),
        told,
        List.of(),
        false,
        "",
        constants);
  }

  /**
   * Links a woven call site.
   *
   * @param caller with the rights of the annotated class
   * @param arguments the mark, the descriptor, and behind them what is known of the method
   */
  static CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, Object[] arguments)
      throws ReflectiveOperationException {
    MethodHandles.Lookup own = MethodHandles.lookup();
    if (!name.equals(ENTER)) {
      MethodHandle leave =
          own.findStatic(
              AnnotatedMethod.class, name, MethodType.methodType(void.class, Object.class));
      return new ConstantCallSite(leave.asType(type));
    }
    List<String> constants = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      constants.add((String) arguments[i]);
    }
    AnnotatedMethod method =
        new AnnotatedMethod(
            Declared.of(constants), Integer.parseInt((String) arguments[2]), caller);
    MethodHandle enter =
        own.findVirtual(
                AnnotatedMethod.class, name, MethodType.methodType(Object.class, Object[].class))
            .bindTo(method);
    return new ConstantCallSite(
        enter.asCollector(Object[].class, type.parameterCount()).asType(type));
  }
}
