package io.costattr.weaving;

import io.costattr.weaving.AdviceMethod.Assignment;
import io.costattr.weaving.AdviceMethod.Kind;
import io.costattr.weaving.AdviceMethod.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * An advice class as its file says it is; the class itself is loaded later, by the loader of the
 * library it is for. Understands the annotations of Byte Buddy's {@code Advice} that the agent's
 * advice uses, and refuses others.
 */
final class AdviceClass extends ClassVisitor {
  private static final int API = Opcodes.ASM9;
  private static final String ADVICE = "Lnet/bytebuddy/asm/Advice$";
  private static final String ASSIGN = ADVICE + "AssignReturned$";

  private final String name;
  private @Nullable AdviceMethod enter;
  private @Nullable AdviceMethod exit;

  private AdviceClass(String name) {
    super(API);
    this.name = name;
  }

  /**
   * Reads the advice of that class name out of the agent's jar.
   *
   * @throws IOException when the jar has no such advice
   */
  static AdviceClass read(String name) throws IOException {
    String path = name.replace('.', '/') + ".classdata";
    try (InputStream in = AdviceClass.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("the agent's jar lacks " + name);
      }
      AdviceClass advice = new AdviceClass(name);
      new ClassReader(in.readAllBytes())
          .accept(advice, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return advice;
    }
  }

  /** What is called first in the woven method, or null. */
  @Nullable AdviceMethod enter() {
    return enter;
  }

  /** What is called last in the woven method, or null. */
  @Nullable AdviceMethod exit() {
    return exit;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String method,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new MethodReader(method, descriptor);
  }

  private final class MethodReader extends MethodVisitor {
    private final String method;
    private final String descriptor;
    private final @Nullable Source[] parameters;
    private final List<Assignment> assignments = new ArrayList<>();
    private boolean enters;
    private boolean exits;
    private boolean onThrowable;
    private String answer = "";

    MethodReader(String method, String descriptor) {
      super(API);
      this.method = method;
      this.descriptor = descriptor;
      this.parameters = new Source[Type.getArgumentTypes(descriptor).length];
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
      if (annotation.equals(ADVICE + "OnMethodEnter;")) {
        enters = true;
        return new AnnotationVisitor(API) {
          @Override
          public void visit(String attribute, Object value) {
            if (attribute.equals("skipOn")) {
              answer = ((Type) value).getInternalName();
            }
          }
        };
      } else if (annotation.equals(ADVICE + "OnMethodExit;")) {
        exits = true;
        return new AnnotationVisitor(API) {
          @Override
          public void visit(String attribute, Object value) {
            onThrowable |= attribute.equals("onThrowable");
          }
        };
      } else if (annotation.equals(ASSIGN + "ToReturned;")) {
        return new AssignmentReader.One(Kind.RETURNED, assignments);
      } else if (annotation.equals(ASSIGN + "ToArguments;")) {
        return new AssignmentReader(Kind.ARGUMENT, assignments);
      } else if (annotation.equals(ASSIGN + "ToFields;")) {
        return new AssignmentReader(Kind.FIELD, assignments);
      } else {
        refuse(annotation);
      }
      return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int parameter, String annotation, boolean visible) {
      switch (annotation) {
        case ADVICE + "This;" -> parameters[parameter] = new Source(Kind.THIS, -1, "");
        case ADVICE + "Enter;" -> parameters[parameter] = new Source(Kind.ENTERED, -1, "");
        case ADVICE + "Return;" -> parameters[parameter] = new Source(Kind.RETURNED, -1, "");
        case ADVICE + "Thrown;" -> parameters[parameter] = new Source(Kind.THROWN, -1, "");
        case ADVICE + "Argument;" -> {
          return new AnnotationVisitor(API) {
            @Override
            public void visit(String attribute, Object value) {
              if (attribute.equals("value")) {
                parameters[parameter] = new Source(Kind.ARGUMENT, (Integer) value, "");
              }
            }
          };
        }
        case ADVICE + "FieldValue;" -> {
          return new FieldReader(parameter);
        }
        default -> refuse(annotation);
      }
      return null;
    }

    /** A field that the woven class inherits is of the type that the parameter has. */
    private final class FieldReader extends AnnotationVisitor {
      private final int parameter;
      private String field = "";
      private String inherited = "";

      FieldReader(int parameter) {
        super(API);
        this.parameter = parameter;
      }

      @Override
      public void visit(String attribute, Object value) {
        if (attribute.equals("value")) {
          field = (String) value;
        } else if (attribute.equals("declaringType")) {
          inherited = Type.getArgumentTypes(descriptor)[parameter].getDescriptor();
        }
      }

      @Override
      public void visitEnd() {
        parameters[parameter] = new Source(Kind.FIELD, -1, field, inherited);
      }
    }

    private void refuse(String annotation) {
      if (annotation.startsWith(ADVICE)) {
        throw new IllegalStateException(name + "." + method + ": no weaving of " + annotation);
      }
    }

    @Override
    public void visitEnd() {
      if (!enters && !exits) {
        return;
      }
      List<Source> sources = new ArrayList<>();
      for (Source parameter : parameters) {
        if (parameter == null) {
          throw new IllegalStateException(name + "." + method + ": a parameter is told nothing");
        }
        sources.add(parameter);
      }
      assignments.replaceAll(assignment -> typed(assignment, sources));
      AdviceMethod read =
          new AdviceMethod(name, method, descriptor, sources, assignments, onThrowable, answer);
      if (enters) {
        enter = read;
      } else {
        exit = read;
      }
    }
  }

  /** A field that is replaced is of the type that the advice was told it by. */
  private static Assignment typed(Assignment assignment, List<Source> told) {
    for (Source source : told) {
      if (source.kind() == Kind.FIELD && source.field().equals(assignment.target().field())) {
        return new Assignment(source, assignment.index());
      }
    }
    return assignment;
  }

  /** Reads {@code @ToArguments} or {@code @ToFields}, which hold an array of what is replaced. */
  private static final class AssignmentReader extends AnnotationVisitor {
    private final Kind kind;
    private final List<Assignment> assignments;

    AssignmentReader(Kind kind, List<Assignment> assignments) {
      super(API);
      this.kind = kind;
      this.assignments = assignments;
    }

    @Override
    public AnnotationVisitor visitArray(String attribute) {
      return this;
    }

    @Override
    public AnnotationVisitor visitAnnotation(@Nullable String attribute, String annotation) {
      return new One(kind, assignments);
    }

    /** Reads one replacement. */
    private static final class One extends AnnotationVisitor {
      private final Kind kind;
      private final List<Assignment> assignments;
      private int argument = -1;
      private String field = "";
      private int index = -1;

      One(Kind kind, List<Assignment> assignments) {
        super(API);
        this.kind = kind;
        this.assignments = assignments;
      }

      @Override
      public void visit(String member, Object value) {
        if (member.equals("index")) {
          index = (Integer) value;
        } else if (member.equals("value") && value instanceof String named) {
          field = named;
        } else if (member.equals("value")) {
          argument = (Integer) value;
        }
      }

      @Override
      public void visitEnd() {
        assignments.add(new Assignment(new Source(kind, argument, field), index));
      }
    }
  }
}
