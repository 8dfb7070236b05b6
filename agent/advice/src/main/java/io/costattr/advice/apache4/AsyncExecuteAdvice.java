package io.costattr.advice.apache4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.jspecify.annotations.Nullable;

/**
 * At {@code execute} of {@code InternalHttpAsyncClient} and {@code MinimalHttpAsyncClient}, through
 * which all forms of it go: what produces the request and what consumes the response are observed.
 */
public final class AsyncExecuteAdvice {
  private AsyncExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments({
    @Advice.AssignReturned.ToArguments.ToArgument(
        value = 0,
        index = 0,
        typing = Assigner.Typing.DYNAMIC),
    @Advice.AssignReturned.ToArguments.ToArgument(
        value = 1,
        index = 1,
        typing = Assigner.Typing.DYNAMIC)
  })
  public static @Nullable Object @Nullable [] enter(
      @Advice.Argument(0) @Nullable HttpAsyncRequestProducer producer,
      @Advice.Argument(1) @Nullable HttpAsyncResponseConsumer<?> consumer) {
    if (producer == null || consumer == null) {
      return null;
    }
    AsyncCall call = new AsyncCall();
    return new Object[] {
      new ObservedProducer(producer, call), new ObservedConsumer<>(consumer, call)
    };
  }
}
