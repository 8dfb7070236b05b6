package io.costattr.weaving;

import io.costattr.core.Log;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Weaves the hooks of a target into its class file: the woven method holds an {@code invokedynamic}
 * to the dispatcher, nothing of the advice is copied in, no member is added, so that a loaded class
 * can be retransformed.
 */
final class Weaver {
  private static final int API = Opcodes.ASM9;
  private static final String REHEARSAL = "jdk/internal/net/http/HttpClientImpl";

  private Weaver() {}

  /**
   * The woven class file.
   *
   * @param bootstrap the bootstrap method of woven call sites
   * @throws UnexpectedShape when the class lacks a method that a hook wants, or is older than class
   *     literals
   * @throws IOException when the agent's jar lacks the advice
   */
  static byte[] weave(Target target, byte[] classFile, Method bootstrap)
      throws UnexpectedShape, IOException {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Rewriter rewriter = new Rewriter(writer, target, bootstrap);
    reader.accept(rewriter, ClassReader.EXPAND_FRAMES);
    if (rewriter.version < Opcodes.V1_5) {
      throw new UnexpectedShape(target, "class files of version " + rewriter.version);
    }
    if (!rewriter.missing.isEmpty()) {
      throw new UnexpectedShape(target, "no " + rewriter.missing.get(0));
    }
    return writer.toByteArray();
  }

  /** Loads what weaving needs, by weaving a target of the JDK's and throwing the result away. */
  static void warm() {
    Object target = Targets.find(REHEARSAL);
    try (InputStream in =
        ClassLoader.getPlatformClassLoader().getResourceAsStream(REHEARSAL + ".class")) {
      if (in != null && target instanceof Target known) {
        weave(known, in.readAllBytes(), Dispatcher.bootstrap());
      }
    } catch (IOException | UnexpectedShape | NoSuchMethodException | RuntimeException fault) {
      Log.fault("warming the weaver", fault);
    }
  }

  /** The class is not what the hooks were written for. */
  static final class UnexpectedShape extends Exception {
    private static final long serialVersionUID = 1L;

    UnexpectedShape(Target target, String found) {
      super(target.className() + " has " + found);
    }
  }

  private static final class Rewriter extends ClassVisitor {
    private final Map<String, String> fields = new HashMap<>();
    private final Map<Hook, AdviceClass> advice = new HashMap<>();
    private final List<Hook> missing;
    private final String internalName;
    private final Handle bootstrap;
    private int version;

    Rewriter(ClassVisitor writer, Target target, Method bootstrap) throws IOException {
      super(API, writer);
      for (Hook hook : target.hooks()) {
        advice.put(hook, AdviceClass.read(hook.advice()));
      }
      missing = new ArrayList<>(target.hooks());
      missing.removeIf(Hook::optional);
      internalName = target.internalName();
      this.bootstrap =
          new Handle(
              Opcodes.H_INVOKESTATIC,
              Type.getInternalName(bootstrap.getDeclaringClass()),
              bootstrap.getName(),
              Type.getMethodDescriptor(bootstrap),
              false);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        String superName,
        String[] interfaces) {
      this.version = version & 0xFFFF;
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      fields.put(name, descriptor);
      return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      for (Map.Entry<Hook, AdviceClass> woven : advice.entrySet()) {
        if (woven.getKey().matches(name, descriptor)) {
          missing.remove(woven.getKey());
          WovenMethod.Owner owner =
              new WovenMethod.Owner(internalName, fields, bootstrap, version < Opcodes.V1_7);
          AdviceClass known = woven.getValue();
          return WovenMethod.around(
              method, owner, access, name, descriptor, known.enter(), known.exit());
        }
      }
      return method;
    }
  }
}
