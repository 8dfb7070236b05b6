package io.costattr.weaving;

import io.costattr.core.Log;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks of a target into its class file: the woven method holds an {@code invokedynamic}
 * to the dispatcher, nothing of the advice is copied in, no member is added, so that a loaded class
 * can be retransformed. {@code AgentBuilder} is not used: it alone costs about 450 ms.
 */
final class Weaver {
  private static final ByteBuddy BYTE_BUDDY =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
          .with(InstrumentedType.Factory.Default.FROZEN);

  private static final String REHEARSAL = "jdk/internal/net/http/HttpClientImpl";

  private Weaver() {}

  /**
   * The woven class file.
   *
   * @throws UnexpectedShape when the class lacks a method that a hook wants
   */
  static byte[] weave(Target target, @Nullable ClassLoader loader, byte[] classFile)
      throws UnexpectedShape, NoSuchMethodException {
    ClassFileLocator library =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(target.className(), classFile),
            loader == null
                ? ClassFileLocator.ForClassLoader.ofBootLoader()
                : ClassFileLocator.ForClassLoader.of(loader));
    TypeDescription type =
        TypePool.Default.WithLazyResolution.of(library).describe(target.className()).resolve();
    checkShape(target, type);
    ClassFileLocator advice = new ClassFileLocator.Compound(new AgentClassFiles(), library);
    TypePool advicePool = TypePool.Default.WithLazyResolution.of(advice);
    DynamicType.Builder<?> builder = BYTE_BUDDY.decorate(type, library);
    for (Hook hook : target.hooks()) {
      builder =
          builder.visit(
              Advice.withCustomMapping()
                  .with(new Advice.AssignReturned.Factory().withSuppressed(Throwable.class))
                  .bootstrap(
                      Dispatcher.bootstrap(),
                      new LinkArguments(hook.advice()),
                      TypeDescription.Generic.Visitor.Generalizing.INSTANCE)
                  .to(advicePool.describe(hook.advice()).resolve(), advice)
                  .on(new Wanted(hook)));
    }
    return builder.make().getBytes();
  }

  /** Loads what weaving needs, by weaving a target of the JDK's and throwing the result away. */
  static void warm() {
    Object target = Targets.find(REHEARSAL);
    try (InputStream in =
        ClassLoader.getPlatformClassLoader().getResourceAsStream(REHEARSAL + ".class")) {
      if (in != null && target instanceof Target known) {
        weave(known, ClassLoader.getPlatformClassLoader(), in.readAllBytes());
      }
    } catch (IOException | UnexpectedShape | NoSuchMethodException | RuntimeException fault) {
      Log.fault("warming the weaver", fault);
    }
  }

  private static void checkShape(Target target, TypeDescription type) throws UnexpectedShape {
    for (Hook hook : target.hooks()) {
      boolean found = false;
      for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
        found |= hook.matches(method.getInternalName(), method.getDescriptor());
      }
      if (!found) {
        throw new UnexpectedShape(target, hook);
      }
    }
  }

  /** The class is not what the hooks were written for. */
  static final class UnexpectedShape extends Exception {
    private static final long serialVersionUID = 1L;

    UnexpectedShape(Target target, Hook missing) {
      super(target.className() + " has no " + missing);
    }
  }

  private record Wanted(Hook hook) implements ElementMatcher<MethodDescription> {
    @Override
    public boolean matches(MethodDescription method) {
      return hook.matches(method.getInternalName(), method.getDescriptor());
    }
  }

  /**
   * What the linker gets to know of a call site: the advice's class and its method's descriptor.
   */
  private record LinkArguments(String advice) implements Advice.BootstrapArgumentResolver.Factory {
    @Override
    public Advice.BootstrapArgumentResolver resolve(
        MethodDescription.InDefinedShape adviceMethod, boolean exit) {
      return (instrumentedType, instrumentedMethod) ->
          List.of(
              JavaConstant.Simple.ofLoaded(advice),
              JavaConstant.Simple.ofLoaded(adviceMethod.getDescriptor()));
    }
  }

  /**
   * Class files of advice and of what it refers to in the agent, described but never loaded here.
   */
  private static final class AgentClassFiles implements ClassFileLocator {
    @Override
    public Resolution locate(String className) throws IOException {
      String path = className.replace('.', '/') + ".classdata";
      try (InputStream in = Weaver.class.getClassLoader().getResourceAsStream(path)) {
        return in == null
            ? new Resolution.Illegal(className)
            : new Resolution.Explicit(in.readAllBytes());
      }
    }

    @Override
    public void close() {}
  }
}
