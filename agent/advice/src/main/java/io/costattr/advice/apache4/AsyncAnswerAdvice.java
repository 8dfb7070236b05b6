package io.costattr.advice.apache4;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.AnswerThreads;
import io.costattr.core.exchange.Denial;
import java.io.IOException;
import java.lang.reflect.Field;
import net.bytebuddy.asm.Advice;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * At {@code requestConnection} of the clients' exchange handlers: what was denied is answered
 * before there is a connection. The handlers' classes are the library's own, and so are their
 * fields.
 */
public final class AsyncAnswerAdvice {
  private static final ClassValue<Fields> FIELDS =
      new ClassValue<>() {
        @Override
        protected Fields computeValue(Class<?> type) {
          return new Fields(
              field(type, "requestProducer"),
              field(type, "responseConsumer"),
              field(type, "resultFuture"),
              field(type, "localContext"));
        }
      };

  private record Fields(
      @Nullable Field producer,
      @Nullable Field consumer,
      @Nullable Field future,
      @Nullable Field context) {}

  private AsyncAnswerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  public static @Nullable Object enter(@Advice.This HttpAsyncClientExchangeHandler handler)
      throws IllegalAccessException, IOException {
    Fields fields = FIELDS.get(handler.getClass());
    if (!(get(fields.producer, handler) instanceof ObservedProducer producer)
        || !(get(fields.consumer, handler) instanceof HttpAsyncResponseConsumer<?> consumer)
        || !(get(fields.future, handler) instanceof BasicFuture<?> future)
        || !(get(fields.context, handler) instanceof HttpContext context)) {
      return null;
    }
    Rejection rejection = producer.call().takeRejection();
    if (rejection != null) {
      fail(rejection, handler, producer, consumer, future);
      return true;
    }
    Denial denial = producer.call().takeDenial();
    if (denial == null) {
      return null;
    }
    AnswerThreads.run(answer(denial, handler, consumer, future, context));
    return true;
  }

  /** As a handler does it; that of the minimal client forgets its future. */
  private static void fail(
      Rejection rejection,
      HttpAsyncClientExchangeHandler handler,
      ObservedProducer producer,
      HttpAsyncResponseConsumer<?> consumer,
      BasicFuture<?> future)
      throws IOException {
    RuntimeException sdk = rejection.sdk();
    Exception failure =
        sdk != null ? sdk : new IOException(rejection.message(), rejection.exception());
    try {
      producer.failed(failure);
      consumer.failed(failure);
    } finally {
      future.failed(failure);
      handler.close();
    }
  }

  /** The consumer makes what the future is completed with. */
  @SuppressWarnings("unchecked")
  private static <T> AsyncAnswer<T> answer(
      Denial denial,
      HttpAsyncClientExchangeHandler handler,
      HttpAsyncResponseConsumer<T> consumer,
      BasicFuture<?> future,
      HttpContext context) {
    return new AsyncAnswer<>(denial, handler, consumer, (BasicFuture<T>) future, context);
  }

  private static @Nullable Object get(@Nullable Field field, Object owner)
      throws IllegalAccessException {
    return field == null ? null : field.get(owner);
  }

  private static @Nullable Field field(Class<?> type, String name) {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      try {
        Field field = owner.getDeclaredField(name);
        return field.trySetAccessible() ? field : null;
      } catch (NoSuchFieldException inherited) {
        // Perhaps of its superclass.
      }
    }
    return null;
  }
}
