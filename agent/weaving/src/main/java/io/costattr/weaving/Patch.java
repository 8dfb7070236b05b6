package io.costattr.weaving;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A change to a method of an executor's: one call more, of a static method of {@code
 * java.lang.CostattrHandoff}. No branch is added and no variable that lives across one, so that the
 * method's stack map frames stay as they are. Plain data until it is applied.
 */
sealed interface Patch {

  /** What visits the method as it was, so that it is written with the change. */
  MethodVisitor apply(MethodVisitor writer, Site site);

  /**
   * The method that is changed.
   *
   * @param owner the internal name of its class
   * @param handoff the internal name of the class that is called
   */
  record Site(String owner, String handoff, int access, String descriptor) {
    boolean isStatic() {
      return (access & Opcodes.ACC_STATIC) != 0;
    }

    Type argument(int index) {
      return Type.getArgumentTypes(descriptor)[index];
    }

    int slot(int argument) {
      int slot = isStatic() ? 0 : 1;
      for (int i = 0; i < argument; i++) {
        slot += argument(i).getSize();
      }
      return slot;
    }
  }

  /** Everything that is called there has this shape: some objects in, an object or nothing out. */
  private static void call(MethodVisitor writer, Site site, String method, String descriptor) {
    writer.visitMethodInsn(Opcodes.INVOKESTATIC, site.handoff(), method, descriptor, false);
  }

  /** Arguments of that type are replaced by what the method returns for them. */
  record ReplacedArguments(String type, String method) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitCode() {
          super.visitCode();
          Type[] arguments = Type.getArgumentTypes(site.descriptor());
          for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].getInternalName().equals(type)) {
              String same = arguments[i].getDescriptor();
              mv.visitVarInsn(Opcodes.ALOAD, site.slot(i));
              call(mv, site, method, "(" + same + ")" + same);
              mv.visitVarInsn(Opcodes.ASTORE, site.slot(i));
            }
          }
        }
      };
    }
  }

  /**
   * At the end of a constructor, a field that is not in use yet is set to what the method returns
   * for the first argument.
   */
  record KeptInField(String field, String method) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitInsn(int opcode) {
          if (opcode == Opcodes.RETURN) {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            mv.visitVarInsn(Opcodes.ALOAD, 1);
            call(mv, site, method, "(Ljava/lang/Object;)Ljava/lang/Object;");
            mv.visitFieldInsn(Opcodes.PUTFIELD, site.owner(), field, "Ljava/lang/Object;");
          }
          super.visitInsn(opcode);
        }
      };
    }
  }

  /** A call of {@code Callable.call} is made by the method, which is told that field as well. */
  record CalledWithField(String field, String method) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          if (!owner.equals("java/util/concurrent/Callable")) {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            return;
          }
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          mv.visitFieldInsn(Opcodes.GETFIELD, site.owner(), field, "Ljava/lang/Object;");
          call(
              mv,
              site,
              method,
              "(Ljava/util/concurrent/Callable;Ljava/lang/Object;)Ljava/lang/Object;");
        }
      };
    }
  }

  /** Before each call of that method of its own, a field is set to null. */
  record ForgottenBefore(String called, String field) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          if (owner.equals(site.owner()) && name.equals(called)) {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            mv.visitInsn(Opcodes.ACONST_NULL);
            mv.visitFieldInsn(Opcodes.PUTFIELD, site.owner(), field, "Ljava/lang/Object;");
          }
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
      };
    }
  }

  /** At the start the method is told what those variables hold: 0 is the object itself. */
  record Entered(String method, List<Integer> variables) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitCode() {
          super.visitCode();
          for (int variable : variables) {
            mv.visitVarInsn(Opcodes.ALOAD, variable);
          }
          call(mv, site, method, "(" + "Ljava/lang/Object;".repeat(variables.size()) + ")V");
        }
      };
    }
  }

  /** At the start the method is told the object itself, and a field of the first argument. */
  record EnteredWithField(String field, String method) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitCode() {
          super.visitCode();
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          mv.visitVarInsn(Opcodes.ALOAD, 1);
          mv.visitFieldInsn(
              Opcodes.GETFIELD, site.argument(0).getInternalName(), field, "Ljava/lang/Runnable;");
          call(mv, site, method, "(Ljava/lang/Object;Ljava/lang/Object;)V");
        }
      };
    }
  }

  /**
   * Where a field is read for the first time, the method is told the object itself and the first
   * argument, as that is then: another agent may have replaced it at the start.
   */
  record FirstRead(String field, String method) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        private boolean told;

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
          if (!told && opcode == Opcodes.GETFIELD && name.equals(field)) {
            told = true;
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            mv.visitVarInsn(Opcodes.ALOAD, 1);
            call(mv, site, method, "(Ljava/lang/Object;Ljava/lang/Object;)V");
          }
          super.visitFieldInsn(opcode, owner, name, descriptor);
        }
      };
    }
  }

  /** When the method as it was throws, the method is told the object and the first argument. */
  record Thrown(String method) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        private final Label start = new Label();
        private final Label end = new Label();

        @Override
        public void visitCode() {
          super.visitCode();
          mv.visitLabel(start);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
          mv.visitLabel(end);
          // Behind the method's own handlers, which come first in the table.
          mv.visitTryCatchBlock(start, end, end, "java/lang/Throwable");
          mv.visitFrame(
              Opcodes.F_FULL,
              2,
              new Object[] {site.owner(), site.argument(0).getInternalName()},
              1,
              new Object[] {"java/lang/Throwable"});
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          mv.visitVarInsn(Opcodes.ALOAD, 1);
          call(mv, site, method, "(Ljava/lang/Object;Ljava/lang/Object;)V");
          mv.visitInsn(Opcodes.ATHROW);
          super.visitMaxs(maxStack, maxLocals);
        }
      };
    }
  }

  /**
   * Where it returns, the method is told what is returned, the object itself, and the first
   * argument when there is one.
   */
  record Returned(String method) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitInsn(int opcode) {
          if (opcode == Opcodes.ARETURN || opcode == Opcodes.IRETURN) {
            Type returned = Type.getReturnType(site.descriptor());
            boolean isObject = returned.getSort() == Type.OBJECT;
            StringBuilder told =
                new StringBuilder(isObject ? "(Ljava/lang/Object;" : "(Z")
                    .append("Ljava/lang/Object;");
            mv.visitInsn(Opcodes.DUP);
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            if (Type.getArgumentTypes(site.descriptor()).length > 0) {
              mv.visitVarInsn(Opcodes.ALOAD, 1);
              told.append("Ljava/lang/Object;");
            }
            call(mv, site, method, told.append(")V").toString());
          }
          super.visitInsn(opcode);
        }
      };
    }
  }

  /**
   * Around each call of {@code ForkJoinTask.doExec}, which throws nothing, on a task that was taken
   * from a queue.
   */
  record Around(String before, String after) implements Patch {
    @Override
    public MethodVisitor apply(MethodVisitor writer, Site site) {
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          if (!name.equals("doExec")) {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            return;
          }
          // Below the task on the stack, then below its status: no variable is needed.
          mv.visitInsn(Opcodes.DUP);
          call(mv, site, before, "(Ljava/lang/Object;)Ljava/lang/Object;");
          mv.visitInsn(Opcodes.SWAP);
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
          if (!descriptor.endsWith("V")) {
            mv.visitInsn(Opcodes.SWAP);
          }
          call(mv, site, after, "(Ljava/lang/Object;)V");
        }
      };
    }
  }
}
