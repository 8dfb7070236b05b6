package io.costattr.weaving;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Patches a class through which work goes to other threads. Not by {@link Weaver}: what that weaves
 * is linked at the first call, by method handles and with locks, and these classes are what method
 * handles, class loaders and virtual threads themselves run on.
 */
final class ThreadWeaver {
  private ThreadWeaver() {}

  /**
   * The patched class file. Methods without a patch are copied as they are.
   *
   * @param handoff the internal name of {@code CostattrHandoff}, wherever it is
   * @throws UnexpectedShape when the class lacks a method that is to be patched
   */
  static byte[] weave(ThreadTarget target, byte[] classFile, String handoff)
      throws UnexpectedShape {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Rewriter rewriter = new Rewriter(writer, target, handoff);
    reader.accept(rewriter, 0);
    if (!rewriter.missing.isEmpty()) {
      ThreadTarget.Change missing = rewriter.missing.get(0);
      throw new UnexpectedShape(
          target.className() + " has no " + missing.method() + missing.descriptor());
    }
    return writer.toByteArray();
  }

  /** The class is not what the patches were written for. */
  static final class UnexpectedShape extends Exception {
    private static final long serialVersionUID = 1L;

    UnexpectedShape(String message) {
      super(message);
    }
  }

  private static final class Rewriter extends ClassVisitor {
    private final ThreadTarget target;
    private final String handoff;
    private final List<ThreadTarget.Change> missing;

    Rewriter(ClassVisitor writer, ThreadTarget target, String handoff) {
      super(Opcodes.ASM9, writer);
      this.target = target;
      this.handoff = handoff;
      this.missing = new ArrayList<>(target.changes());
      missing.removeIf(ThreadTarget.Change::optional);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      Patch.Site site = new Patch.Site(target.internalName(), handoff, access, descriptor);
      for (ThreadTarget.Change change : target.changes()) {
        if (change.isOf(name, descriptor)) {
          missing.remove(change);
          method = change.patch().apply(method, site);
        }
      }
      return method;
    }
  }
}
