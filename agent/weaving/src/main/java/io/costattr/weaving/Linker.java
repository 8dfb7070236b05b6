package io.costattr.weaving;

import io.costattr.core.Log;
import io.costattr.core.carry.Handoffs;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Links a woven call site to its advice, at the first call. Loading the advice may run the
 * application's class loader, which may itself pass through a woven method: such a nested linking
 * of the same site gets a call site that does nothing yet and is pointed at the advice once the
 * outer one is done.
 */
final class Linker implements Function<Object[], Object> {
  private static final ThreadLocal<@Nullable Linking> CURRENT = new ThreadLocal<>();

  @Override
  public @Nullable Object apply(Object[] request) {
    if (request[0] instanceof String) {
      // CostattrHandoff asks, when it is initialized.
      return Handoffs.part();
    }
    if (request[0] instanceof Class<?>) {
      return OldCalls.call(request);
    }
    MethodHandles.Lookup caller = (MethodHandles.Lookup) request[0];
    Object[] arguments = (Object[]) request[3];
    if (AnnotatedClass.MARK.equals(arguments[0])) {
      return annotated(caller, (String) request[1], (MethodType) request[2], arguments);
    }
    return link(
        caller.lookupClass(),
        (String) request[1],
        (MethodType) request[2],
        (String) arguments[0],
        (String) arguments[1]);
  }

  private static @Nullable CallSite annotated(
      MethodHandles.Lookup caller, String name, MethodType type, Object[] arguments) {
    try {
      return AnnotatedClass.link(caller, name, type, arguments);
    } catch (Throwable fault) {
      Log.fault("linking " + caller.lookupClass().getName(), fault);
      return null;
    }
  }

  /**
   * The call site of that advice for woven methods of a class, or null when it cannot be linked.
   *
   * @param name the name of the advice's method
   * @param type the type of the call site
   * @param descriptor the descriptor of the advice's method
   */
  static @Nullable CallSite link(
      Class<?> caller, String name, MethodType type, String advice, String descriptor) {
    for (Linking outer = CURRENT.get(); outer != null; outer = outer.outer) {
      if (outer.advice.equals(advice) && outer.name.equals(name)) {
        return outer.nested(type);
      }
    }
    Linking linking = new Linking(advice, name, CURRENT.get());
    CURRENT.set(linking);
    try {
      AdviceLoader loader = AdviceLoader.of(caller.getClassLoader());
      MethodHandle target =
          loader
              .lookup()
              .findStatic(
                  loader.loadClass(advice),
                  name,
                  MethodType.fromMethodDescriptorString(descriptor, loader))
              .asType(type);
      linking.done(target);
      return new ConstantCallSite(target);
    } catch (Throwable fault) {
      Log.fault("linking " + advice, fault);
      return null;
    } finally {
      if (linking.outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(linking.outer);
      }
    }
  }

  private static final class Linking {
    private final String advice;
    private final String name;
    private final @Nullable Linking outer;
    private @Nullable List<MutableCallSite> nested;

    Linking(String advice, String name, @Nullable Linking outer) {
      this.advice = advice;
      this.name = name;
      this.outer = outer;
    }

    CallSite nested(MethodType type) {
      MethodHandle nothing =
          MethodHandles.dropArguments(
              MethodHandles.zero(type.returnType()), 0, type.parameterList());
      MutableCallSite site = new MutableCallSite(nothing);
      if (nested == null) {
        nested = new ArrayList<>();
      }
      nested.add(site);
      return site;
    }

    void done(MethodHandle target) {
      if (nested != null) {
        for (MutableCallSite site : nested) {
          site.setTarget(target);
        }
        MutableCallSite.syncAll(nested.toArray(new MutableCallSite[0]));
      }
    }
  }
}
