package io.costattr.weaving;

import io.costattr.core.Log;
import io.costattr.core.annotation.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The methods of a class file that have {@code @Attributed}, and what it says on each. */
final class AnnotatedMethods extends ClassVisitor {
  private static final int API = Opcodes.ASM9;
  private static final String CONTINUATION = "kotlin/coroutines/Continuation";

  /** What the compiler adds, and what has no body. */
  private static final int NOT_WOVEN =
      Opcodes.ACC_BRIDGE | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

  private final Map<String, Declared> found = new HashMap<>();
  private String className = "";

  private AnnotatedMethods() {
    super(API);
  }

  /** By name and descriptor; only those that say something which is allowed. */
  static Map<String, Declared> of(byte[] classFile) {
    AnnotatedMethods methods = new AnnotatedMethods();
    new ClassReader(classFile).accept(methods, ClassReader.SKIP_FRAMES);
    return methods.found;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      String superName,
      String[] interfaces) {
    className = name.replace('/', '.');
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return name.startsWith("<") ? null : new MethodReader(access, name, descriptor);
  }

  private final class MethodReader extends MethodVisitor {
    private final int access;
    private final String name;
    private final String descriptor;
    private final Type[] types;
    private final List<String> declaredNames = new ArrayList<>();
    private final @Nullable String[] debugNames;
    private @Nullable ValueReader annotation;

    MethodReader(int access, String name, String descriptor) {
      super(API);
      this.access = access;
      this.name = name;
      this.descriptor = descriptor;
      types = Type.getArgumentTypes(descriptor);
      debugNames = new String[types.length];
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
      if (!type.equals(Annotations.ATTRIBUTED)) {
        return null;
      }
      annotation = new ValueReader();
      return annotation;
    }

    @Override
    public void visitParameter(@Nullable String parameter, int flags) {
      declaredNames.add(parameter == null ? "" : parameter);
    }

    @Override
    public void visitLocalVariable(
        String variable,
        String type,
        @Nullable String signature,
        Label start,
        Label end,
        int slot) {
      int at = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
      for (int i = 0; i < types.length; i++) {
        // Other variables have the slot of a parameter as well, once that is not needed any more.
        if (at == slot && debugNames[i] == null && types[i].getDescriptor().equals(type)) {
          debugNames[i] = variable;
        }
        at += types[i].getSize();
      }
    }

    @Override
    public void visitEnd() {
      ValueReader said = annotation;
      if (said == null) {
        return;
      }
      String method = className + "." + name;
      if ((access & NOT_WOVEN) != 0) {
        if ((access & Opcodes.ACC_BRIDGE) == 0) {
          Log.warnOnce(
              "annotation:" + method + descriptor,
              "@Attributed on "
                  + method
                  + " does not count, since it has no body: put it on the method that implements"
                  + " it");
        }
        return;
      }
      boolean suspends =
          types.length > 0
              && types[types.length - 1].getInternalName().equals(CONTINUATION)
              && Type.getReturnType(descriptor).getInternalName().equals("java/lang/Object");
      Declared declared =
          Declared.read(
              new Declared.Method(method, types.length, names(), suspends), said.values, said.tags);
      if (!declared.elements().isEmpty()) {
        found.put(name + descriptor, declared);
      }
    }

    private List<String> names() {
      if (declaredNames.size() == types.length) {
        return declaredNames;
      }
      List<String> names = new ArrayList<>();
      for (String debugName : debugNames) {
        if (debugName == null) {
          return List.of();
        }
        names.add(debugName);
      }
      return names;
    }
  }

  /** Reads the elements of the annotation. */
  private static final class ValueReader extends AnnotationVisitor {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> tags = new ArrayList<>();

    ValueReader() {
      super(API);
    }

    @Override
    public void visit(String element, Object value) {
      if (value instanceof String text) {
        values.put(element, text);
      }
    }

    @Override
    public @Nullable AnnotationVisitor visitArray(String element) {
      if (!element.equals("tags")) {
        return null;
      }
      return new AnnotationVisitor(API) {
        @Override
        public void visit(@Nullable String unnamed, Object value) {
          tags.add(String.valueOf(value));
        }
      };
    }
  }
}
