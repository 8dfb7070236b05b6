package io.costattr.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.annotation.AnnotatedMethod;
import io.costattr.core.attribution.AnnotationScope;
import io.costattr.core.attribution.Attribution;
import java.io.InputStream;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Classes with {@code @Attributed}: found by their constant pool, and woven. */
class AnnotationsTest {
  private static final long SEED = 20_261_128;

  @Test
  void aClassIsFoundWhenItHasTheAnnotationAndNoOtherIs() throws Exception {
    Map<String, byte[]> library = library();
    assertThat(library.size()).isGreaterThan(1_000);
    library.forEach(
        (name, file) -> {
          assertThat(Annotations.mayHold(file)).as(name).isFalse();
          assertThat(Annotations.mayHold(annotated(file))).as(name).isEqualTo(hasMethods(file));
        });
  }

  @Test
  void aFileThatIsNoneOrIsCutIsNoReasonToFail() throws Exception {
    Random random = new Random(SEED);
    byte[] file = annotated(library().get("okio.Buffer"));
    assertThat(Annotations.mayHold(new byte[0])).isFalse();
    for (int i = 0; i < 5_000; i++) {
      byte[] cut = Arrays.copyOf(file, random.nextInt(file.length));
      Annotations.mayHold(cut);
      for (int damage = 0; damage < 20 && cut.length > 0; damage++) {
        cut[random.nextInt(cut.length)] = (byte) random.nextInt(256);
      }
      Annotations.mayHold(cut);
    }
  }

  /** Some thousand methods as the Kotlin compiler and others make them, each told its arguments. */
  @Test
  void everyMethodOfALibraryVerifiesWhenItIsAnnotated() throws Exception {
    Method bootstrap =
        Links.class.getMethod(
            "link", MethodHandles.Lookup.class, String.class, MethodType.class, Object[].class);
    Map<String, byte[]> woven = new HashMap<>();
    int count = 0;
    for (Map.Entry<String, byte[]> one : library().entrySet()) {
      byte[] result = AnnotatedClass.weave(annotated(one.getValue()), bootstrap);
      count += result == null ? 0 : 1;
      woven.put(one.getKey(), result == null ? one.getValue() : result);
    }
    assertThat(count).isGreaterThan(700);
    Loader loader = new Loader(woven);
    int linked = 0;
    for (String name : woven.keySet()) {
      try {
        // What the verifier refuses is a VerifyError here.
        Class.forName(name, true, loader);
        linked++;
      } catch (NoClassDefFoundError | ExceptionInInitializerError optional) {
        assertThat(optional).hasNoCause();
      }
    }
    assertThat(linked).isGreaterThan(woven.size() * 9 / 10);
    Object buffer = Class.forName("okio.Buffer", true, loader).getConstructor().newInstance();
    buffer.getClass().getMethod("writeUtf8", String.class).invoke(buffer, "text");
    assertThat(buffer.getClass().getMethod("readUtf8", long.class).invoke(buffer, 4L))
        .isEqualTo("text");
    assertThat(SEEN.get().tags()).containsEntry("0", "4");
    assertThat(AnnotationScope.current()).isNull();
  }

  private static final AtomicReference<Attribution> SEEN = new AtomicReference<>();

  /** Links as the agent does, and keeps what a method has said when it ends. */
  public static final class Links {
    private Links() {}

    public static CallSite link(
        MethodHandles.Lookup caller, String name, MethodType type, Object... arguments)
        throws ReflectiveOperationException {
      CallSite site = AnnotatedClass.link(caller, name, type, arguments);
      if (!name.equals("leave")) {
        return site;
      }
      return new ConstantCallSite(
          MethodHandles.lookup()
              .findStatic(Links.class, "seen", MethodType.methodType(void.class, Object.class))
              .asType(type));
    }

    static void seen(Object entered) {
      SEEN.set(AnnotationScope.current());
      AnnotatedMethod.leave(entered);
    }
  }

  /** The same class with the annotation on each of its methods, saying all of their arguments. */
  private static byte[] annotated(byte[] file) {
    ClassReader reader = new ClassReader(file);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, thrown);
            AnnotationVisitor annotation = method.visitAnnotation(Annotations.ATTRIBUTED, true);
            annotation.visit("feature", "f");
            AnnotationVisitor tags = annotation.visitArray("tags");
            for (int i = 0; i < Type.getArgumentTypes(descriptor).length; i++) {
              tags.visit(null, i + "=#args[" + i + "]");
            }
            tags.visitEnd();
            annotation.visitEnd();
            return method;
          }
        },
        0);
    return writer.toByteArray();
  }

  private static boolean hasMethods(byte[] file) {
    AtomicReference<String> any = new AtomicReference<>();
    new ClassReader(file)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                any.set(name);
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return any.get() != null;
  }

  private static Map<String, byte[]> library() throws Exception {
    Map<String, byte[]> library = new HashMap<>();
    for (Class<?> inLibrary : List.of(Buffer.class, kotlin.text.Regex.class)) {
      Path jar = Path.of(inLibrary.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : file.stream().toList()) {
          String name = entry.getName();
          if (name.endsWith(".class") && !name.startsWith("META-INF")) {
            try (InputStream in = file.getInputStream(entry)) {
              library.put(
                  name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                  in.readAllBytes());
            }
          }
        }
      }
    }
    return library;
  }

  /** Defines those classes, and asks the tests' loader for the rest. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(AnnotationsTest.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] file = classes.get(name);
      if (file == null) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : defineClass(name, file, 0, file.length);
      }
    }
  }
}
