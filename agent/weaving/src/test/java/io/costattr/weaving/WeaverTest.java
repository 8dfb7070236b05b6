package io.costattr.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import okio.Buffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class WeaverTest {
  private static final String MIXED = "(JDLjava/lang/Object;)D";
  private static final String TEXT = "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;";

  /** The agent's jar has its advice under another ending, so that nobody loads it by chance. */
  @BeforeAll
  static void adviceAsInTheJar() throws Exception {
    Path classes =
        Path.of(WeaverTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    for (Class<?> advice : Watching.class.getDeclaredClasses()) {
      String path = advice.getName().replace('.', '/');
      Files.write(
          classes.resolve(path + ".classdata"),
          Files.readAllBytes(classes.resolve(path + ".class")));
    }
  }

  @BeforeEach
  void nothingSeen() {
    Watching.SEEN.clear();
  }

  @Test
  void adviceIsToldTheArgumentsAsTheyCameAndTheResult() throws Throwable {
    Object sample =
        woven("mixed", MIXED, Watching.Mixed.class).getConstructor(boolean.class).newInstance(true);

    assertThat(mixed(sample, 4, 0.5, "abc")).isEqualTo(6.0);
    assertThat(Watching.SEEN).containsExactly("enter 4 abc", "exit Sample 4 0.5 6.0 null");
  }

  @Test
  void adviceIsToldOfAnExceptionAndTheApplicationGetsIt() throws Exception {
    Object sample =
        woven("mixed", MIXED, Watching.Mixed.class).getConstructor(boolean.class).newInstance(true);

    assertThatThrownBy(() -> mixed(sample, 1, 2, null)).isInstanceOf(NullPointerException.class);
    assertThat(Watching.SEEN).hasSize(2);
    assertThat((String) Watching.SEEN.get(1))
        .startsWith("exit Sample 1 2.0 0.0 java.lang.NullPointerException");
  }

  @Test
  void whatGoesInAndWhatComesOutIsReplacedUnlessTheAdviceSaysNothing() throws Exception {
    Class<?> type = woven("text", TEXT, Watching.Replacing.class);
    Object sample = type.getConstructor(boolean.class).newInstance(true);
    Method text = type.getMethod("text", String.class, String.class);

    assertThat(text.invoke(sample, "a", "b")).isEqualTo("<replaced>");
    assertThat(text.invoke(sample, null, "b")).isEqualTo("<b>");
    assertThat(text.invoke(sample, null, "keep")).isEqualTo("keep");
  }

  @Test
  void adviceAnswersInThePlaceOfTheMethodWhichIsNotCalled() throws Exception {
    Class<?> type = woven("text", TEXT, Watching.Answering.class);
    Object sample = type.getConstructor(boolean.class).newInstance(true);
    Method text = type.getMethod("text", String.class, String.class);

    assertThat(text.invoke(sample, "answer", null)).isEqualTo("answered");
    assertThat(Watching.SEEN).isEmpty();
    assertThat(text.invoke(sample, "replace", "")).isEqualTo("replaced");
    assertThat(text.invoke(sample, "other", "")).isEqualTo("other");
    assertThat(Watching.SEEN).containsExactly("exit replaced", "exit other");
    assertThatThrownBy(() -> text.invoke(sample, "refuse", ""))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void adviceAnswersForAMethodThatReturnsATruthValueOrNothing() throws Exception {
    Class<?> type =
        woven(
            hook("isLongerThan", "(Ljava/lang/StringBuilder;)Z", Watching.Deciding.class),
            hook("appendTo", "(Ljava/lang/StringBuilder;)V", Watching.Deciding.class));
    Object sample = type.getConstructor(boolean.class).newInstance(false);
    Method longer = type.getMethod("isLongerThan", StringBuilder.class);
    Method append = type.getMethod("appendTo", StringBuilder.class);

    assertThat(longer.invoke(sample, new StringBuilder("yes"))).isEqualTo(true);
    assertThat(longer.invoke(sample, new StringBuilder("no"))).isEqualTo(false);
    assertThat(longer.invoke(sample, new StringBuilder("a"))).isEqualTo(true);
    assertThatThrownBy(() -> longer.invoke(sample, new StringBuilder("refuse")))
        .hasCauseInstanceOf(IOException.class);
    StringBuilder text = new StringBuilder("no");
    append.invoke(sample, text);
    assertThat(text).hasToString("no");
    append.invoke(sample, text.append("w"));
    assertThat(text).hasToString("now quiet");
  }

  @Test
  void aTruthValueIsReplaced() throws Exception {
    Class<?> type =
        woven(hook("isLongerThan", "(Ljava/lang/StringBuilder;)Z", Watching.Reversing.class));
    Object sample = type.getConstructor(boolean.class).newInstance(true);
    Method longer = type.getMethod("isLongerThan", StringBuilder.class);

    assertThat(longer.invoke(sample, new StringBuilder("a"))).isEqualTo(false);
    assertThat(longer.invoke(sample, new StringBuilder("a very long one"))).isEqualTo(true);
    assertThat(longer.invoke(sample, new StringBuilder())).isEqualTo(true);
  }

  @Test
  void adviceThrowsInThePlaceOfTheMethodButItsOwnFaultsAreSuppressed() throws Throwable {
    Object sample =
        woven("mixed", MIXED, Watching.Refusing.class)
            .getConstructor(boolean.class)
            .newInstance(true);

    assertThatThrownBy(() -> mixed(sample, 1, 1, "abc"))
        .isInstanceOf(IOException.class)
        .hasMessage("refused");
    assertThat(Watching.SEEN).isEmpty();
    assertThat(mixed(sample, 2, 1, "abc")).isEqualTo(4.0);
    assertThat(mixed(sample, 0, 1, "abc")).isEqualTo(3.0);
    assertThat(Watching.SEEN).containsExactly("exit null", "exit null");
  }

  @Test
  void aFinalFieldIsReplacedBehindItsConstructor() throws Exception {
    Class<?> type = woven("<init>", "(ZLjava/lang/String;)V", Watching.Constructing.class);
    Method name = type.getMethod("name");

    assertThat(name.invoke(type.getConstructor(boolean.class).newInstance(true)))
        .isEqualTo("loud!");
    assertThat(name.invoke(type.getConstructor(boolean.class).newInstance(false)))
        .isEqualTo("quiet");
  }

  @Test
  void aFieldThatIsInheritedIsToldAndReplaced() throws Exception {
    byte[] classFile;
    try (InputStream in = WeaverTest.class.getResourceAsStream("WeaverTest$Stream.class")) {
      classFile = in.readAllBytes();
    }
    Target target =
        new Target(
            Stream.class.getName().replace('.', '/'),
            "test",
            hook("<init>", "(Ljava/io/InputStream;)V", Watching.Inheriting.class));
    Class<?> type =
        new Loader().define(Stream.class.getName(), Weaver.weave(target, classFile, bootstrap()));
    InputStream original = new ByteArrayInputStream(new byte[] {7});

    InputStream sample = (InputStream) type.getConstructor(InputStream.class).newInstance(original);

    assertThat(Watching.SEEN).containsExactly(original);
    assertThat(sample.read()).isEqualTo(-1);
  }

  /** What is woven there. */
  public static final class Stream extends FilterInputStream {
    public Stream(InputStream in) {
      super(in);
    }
  }

  @Test
  void whatAdviceThrowsIsSuppressed() throws Exception {
    Class<?> type = woven("text", TEXT, Watching.Failing.class);
    Object sample = type.getConstructor(boolean.class).newInstance(true);

    assertThat(type.getMethod("text", String.class, String.class).invoke(sample, "a", ""))
        .isEqualTo("a");
  }

  @Test
  void aReturnThatLeavesValuesBehindIsWoven() throws Exception {
    byte[] leaving = leavesValuesBehind();
    Class<?> type =
        new Loader()
            .define(
                "Leaving",
                Weaver.weave(
                    new Target("Leaving", "test", hook("get", "()I", Watching.Anything.class)),
                    leaving,
                    bootstrap()));

    assertThat(type.getMethod("get").invoke(null)).isEqualTo(7);
  }

  @Test
  void anUnexpectedShapeIsNamed() {
    assertThatThrownBy(() -> woven("gone", "()V", Watching.Anything.class))
        .isInstanceOf(Weaver.UnexpectedShape.class)
        .hasMessage("io.costattr.weaving.Sample has no gone()V");
  }

  @Test
  void aClassFileOlderThanInvokedynamicIsWoven() throws Throwable {
    Class<?> type = new Loader().define(Sample.class.getName(), old(Opcodes.V1_6));
    Object sample = type.getConstructor(boolean.class).newInstance(true);

    assertThat(mixed(sample, 4, 0.5, "abc")).isEqualTo(6.0);
    assertThat(Watching.SEEN).containsExactly("enter 4 abc", "exit Sample 4 0.5 6.0 null");
    assertThatThrownBy(() -> mixed(sample, 1, 2, null)).isInstanceOf(NullPointerException.class);
    Method text = type.getMethod("text", String.class, String.class);
    assertThat(text.invoke(sample, "a", "b")).isEqualTo("<replaced>");
    assertThat(text.invoke(sample, null, "keep")).isEqualTo("keep");
  }

  @Test
  void aClassFileOlderThanStackMapFramesIsWoven() throws Throwable {
    Class<?> type = new Loader().define(Sample.class.getName(), old(Opcodes.V1_5));
    Object sample = type.getConstructor(boolean.class).newInstance(true);

    assertThat(mixed(sample, 4, 0.5, "abc")).isEqualTo(6.0);
    assertThat(Watching.SEEN).containsExactly("enter 4 abc", "exit Sample 4 0.5 6.0 null");
  }

  /** The sample as an older compiler would have written it, woven. */
  private static byte[] old(int version) throws Exception {
    ClassWriter writer = new ClassWriter(0);
    int flags = version < Opcodes.V1_6 ? ClassReader.SKIP_FRAMES : 0;
    try (InputStream in = WeaverTest.class.getResourceAsStream("Sample.class")) {
      new ClassReader(in.readAllBytes())
          .accept(
              new ClassVisitor(Opcodes.ASM9, writer) {
                @Override
                public void visit(
                    int ignored,
                    int access,
                    String name,
                    String signature,
                    String superName,
                    String[] interfaces) {
                  super.visit(version, access, name, signature, superName, interfaces);
                }
              },
              flags);
    }
    Target target =
        new Target(
            Sample.class.getName().replace('.', '/'),
            "test",
            hook("mixed", MIXED, Watching.Mixed.class),
            hook("text", TEXT, Watching.Replacing.class));
    return Weaver.weave(target, writer.toByteArray(), bootstrap());
  }

  @Test
  void aClassOlderThanClassLiteralsIsNamed() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V1_4, Opcodes.ACC_PUBLIC, "Old", null, "java/lang/Object", null);
    writer.visitEnd();
    assertThatThrownBy(
            () -> Weaver.weave(new Target("Old", "test"), writer.toByteArray(), bootstrap()))
        .isInstanceOf(Weaver.UnexpectedShape.class)
        .hasMessage("Old has class files of version 48");
  }

  /** Some thousand methods as the Kotlin compiler and others make them. */
  @Test
  void everyMethodOfALibraryVerifiesWhenItIsWoven() throws Exception {
    Loader loader = new Loader();
    int methods = 0;
    List<String> names = new ArrayList<>();
    for (Class<?> inLibrary : List.of(Buffer.class, kotlin.text.Regex.class)) {
      Path jar = Path.of(inLibrary.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : file.stream().toList()) {
          String name = entry.getName();
          if (name.endsWith(".class") && !name.startsWith("META-INF")) {
            byte[] classFile;
            try (InputStream in = file.getInputStream(entry)) {
              classFile = in.readAllBytes();
            }
            Hook[] hooks = everyMethod(classFile);
            methods += hooks.length;
            String internalName = name.substring(0, name.length() - ".class".length());
            loader.keep(
                internalName.replace('/', '.'),
                hooks.length == 0
                    ? classFile
                    : Weaver.weave(
                        new Target(internalName, "test", hooks), classFile, bootstrap()));
            names.add(internalName.replace('/', '.'));
          }
        }
      }
    }
    int linked = 0;
    for (String name : names) {
      try {
        // What the verifier refuses is a VerifyError here.
        Class.forName(name, true, loader);
        linked++;
      } catch (NoClassDefFoundError | ExceptionInInitializerError optional) {
        assertThat(optional).hasNoCause();
      }
    }
    assertThat(methods).isGreaterThan(5_000);
    assertThat(linked).isGreaterThan(names.size() * 9 / 10);
  }

  private static double mixed(Object sample, long number, double factor, Object o)
      throws Throwable {
    try {
      return (double)
          sample
              .getClass()
              .getMethod("mixed", long.class, double.class, Object.class)
              .invoke(sample, number, factor, o);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Class<?> woven(String method, String descriptor, Class<?> advice)
      throws Exception {
    return woven(hook(method, descriptor, advice));
  }

  private static Class<?> woven(Hook... hooks) throws Exception {
    String name = Sample.class.getName();
    byte[] classFile;
    try (InputStream in = WeaverTest.class.getResourceAsStream("Sample.class")) {
      classFile = in.readAllBytes();
    }
    Target target = new Target(name.replace('.', '/'), "test", hooks);
    return new Loader().define(name, Weaver.weave(target, classFile, bootstrap()));
  }

  private static Hook hook(String method, String descriptor, Class<?> advice) {
    return new Hook(method, descriptor, advice.getName());
  }

  private static Hook[] everyMethod(byte[] classFile) {
    List<Hook> hooks = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                if (!name.startsWith("<")
                    && (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0) {
                  hooks.add(hook(name, descriptor, Watching.Anything.class));
                }
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return hooks.toArray(new Hook[0]);
  }

  private static byte[] leavesValuesBehind() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Leaving", null, "java/lang/Object", null);
    MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "get", "()I", null, null);
    method.visitCode();
    method.visitInsn(Opcodes.ACONST_NULL);
    method.visitInsn(Opcodes.LCONST_1);
    method.visitInsn(Opcodes.ICONST_3);
    method.visitIntInsn(Opcodes.BIPUSH, 7);
    method.visitInsn(Opcodes.IRETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static Method bootstrap() throws NoSuchMethodException {
    return Links.class.getMethod(
        "link", MethodHandles.Lookup.class, String.class, MethodType.class, Object[].class);
  }

  /** Links woven call sites, as the agent's linker does; visible to every class. */
  public static final class Links {
    private Links() {}

    public static Object link(
        MethodHandles.Lookup caller, String name, MethodType type, Object... arguments)
        throws ReflectiveOperationException {
      Class<?> advice = Class.forName((String) arguments[0]);
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(advice, MethodHandles.lookup());
      MethodType actual =
          MethodType.fromMethodDescriptorString((String) arguments[1], advice.getClassLoader());
      return new ConstantCallSite(lookup.findStatic(advice, name, actual).asType(type));
    }

    /** As the dispatcher's; advice is linked by the agent's own linker at run time. */
    public static Object call(Object[] request) throws Throwable {
      Class<?> advice = Class.forName((String) request[2]);
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(advice, MethodHandles.lookup());
      MethodType actual =
          MethodType.fromMethodDescriptorString((String) request[3], advice.getClassLoader());
      return lookup
          .findStatic(advice, (String) request[1], actual)
          .invokeWithArguments(Arrays.copyOfRange(request, 4, request.length));
    }
  }

  /** Defines what it keeps, and asks the tests' loader for the rest. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> kept = new HashMap<>();

    Loader() {
      super(WeaverTest.class.getClassLoader());
    }

    void keep(String name, byte[] classFile) {
      kept.put(name, classFile);
    }

    Class<?> define(String name, byte[] classFile) throws ClassNotFoundException {
      keep(name, classFile);
      return Class.forName(name, true, this);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] classFile = kept.get(name);
      if (classFile == null) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : defineClass(name, classFile, 0, classFile.length);
      }
    }
  }
}
