package io.costattr.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class ThreadTargetsTest {
  private static final String HANDOFF = "java/lang/CostattrHandoff";

  /** Of this JVM's version: the tests run on several. */
  @Test
  void everyExecutorOfTheJdkHasTheMethodsAndIsPatchedByMethodsThatThereAre() throws Exception {
    Set<String> there =
        methods(Files.readAllBytes(Path.of("../dispatcher/target/classes", HANDOFF + ".class")));
    Set<String> called = new TreeSet<>();
    List<String> patched = new ArrayList<>();
    for (ThreadTarget target : ThreadTargets.OF_JDK) {
      try (InputStream in =
          Object.class.getResourceAsStream("/" + target.internalName() + ".class")) {
        if (in != null) {
          byte[] woven = ThreadWeaver.weave(target, in.readAllBytes(), HANDOFF);
          called.addAll(calls(woven));
          patched.add(target.internalName());
        }
      }
    }
    assertThat(patched).hasSizeGreaterThan(10).contains("java/util/concurrent/FutureTask");
    assertThat(there).containsAll(called);
    assertThat(called).hasSizeGreaterThan(18);
  }

  @Test
  void theGateKnowsTheExecutorsOfLibraries() {
    assertThat(ThreadTargets.OF_LIBRARIES.stream().map(ThreadTarget::internalName))
        .containsExactly(Targets.EXECUTORS);
  }

  private static Set<String> methods(byte[] classFile) {
    Set<String> methods = new TreeSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public @Nullable MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                methods.add(name + descriptor);
                return null;
              }
            },
            0);
    return methods;
  }

  /** What a class calls of the handoff. */
  private static Set<String> calls(byte[] classFile) {
    Set<String> calls = new TreeSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String type, boolean isInterface) {
                    if (owner.equals(HANDOFF)) {
                      calls.add(called + type);
                    }
                  }
                };
              }
            },
            0);
    return calls;
  }
}
