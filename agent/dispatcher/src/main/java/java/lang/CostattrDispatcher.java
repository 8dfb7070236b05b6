package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one class that woven code refers to. It lives where every class loader and every module can
 * see it, and only passes the linking of a call site on to the agent, which hands in its linker.
 * Whatever goes wrong, the call site does nothing and the woven method behaves as if it were not
 * woven: advice that returns null leaves arguments and return values alone.
 */
public final class CostattrDispatcher implements Consumer<Function<Object[], Object>> {

  /**
   * Takes {@code {MethodHandles.Lookup, String name, MethodType, Object[] arguments}} and returns a
   * {@link CallSite}, or null; or takes what {@link #call} takes, or one word. A plain function,
   * because a method handle would cost start-up time.
   */
  private static volatile Function<Object[], Object> linker;

  /** Made once by the agent, to set the linker: cheaper at start-up than setting a field. */
  public CostattrDispatcher() {}

  @Override
  public void accept(Function<Object[], Object> newLinker) {
    linker = newLinker;
  }

  /** The bootstrap method of every woven call site. */
  public static CallSite bootstrap(
      MethodHandles.Lookup caller, String name, MethodType type, Object... arguments) {
    try {
      Function<Object[], Object> link = linker;
      if (link != null) {
        Object site = link.apply(new Object[] {caller, name, type, arguments});
        if (site != null) {
          return (CallSite) site;
        }
      }
    } catch (Throwable ignored) {
      // The application must run on as if it were not woven; the linker reports its own faults.
    }
    MethodHandle nothing = MethodHandles.zero(type.returnType());
    return new ConstantCallSite(MethodHandles.dropArguments(nothing, 0, type.parameterList()));
  }

  /**
   * A woven call in a class file older than {@code invokedynamic}, linked and made by the agent.
   *
   * @param request {@code {Class caller, String name, String advice, String descriptor}}, then the
   *     arguments of the advice
   * @return what the advice returns; null as well when anything goes wrong
   */
  public static Object call(Object[] request) {
    try {
      Function<Object[], Object> link = linker;
      return link == null ? null : link.apply(request);
    } catch (Throwable ignored) {
      return null;
    }
  }
}
