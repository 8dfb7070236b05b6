package io.costattr.advice.apache5;

import io.costattr.advice.stream.Shown;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.Preview;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** Which bodies can be read before they are sent. */
final class Bodies {
  private static final String LIBRARY = "org.apache.hc.";
  private static final int DEEPEST = 4;

  /** The library's own that lie in memory. */
  private static final Set<String> READABLE =
      Set.of(
          LIBRARY + "core5.http.io.entity.StringEntity",
          LIBRARY + "core5.http.io.entity.ByteArrayEntity",
          LIBRARY + "core5.http.nio.entity.BasicAsyncEntityProducer",
          LIBRARY + "core5.http.nio.entity.StringAsyncEntityProducer");

  /** Around the application's entity from the first attempt on, and notes that it was written. */
  private static final String PROXY = LIBRARY + "client5.http.impl.classic.RequestEntityProxy";

  /** Where a class of the library's keeps what produces the body of a request. */
  private static final ClassValue<List<Field>> PRODUCERS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          Field outer = null;
          for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
              if (field.getType() == AsyncEntityProducer.class
                  || field.getType() == AsyncRequestProducer.class) {
                return field.trySetAccessible() ? List.of(field) : List.of();
              }
              if (field.isSynthetic() && field.getName().startsWith("this$")) {
                outer = field;
              }
            }
          }
          // In 5.0 it is what the surrounding class has captured.
          return outer != null && outer.trySetAccessible() ? List.of(outer) : List.of();
        }
      };

  private Bodies() {}

  /** What a request of the blocking client says. */
  static Preview preview(ClassicHttpRequest request) {
    HttpEntity entity = original(request.getEntity());
    return Preview.of(
        Apache5.headers(request),
        entity == null ? 0 : entity.getContentLength(),
        entity == null || !isReadable(entity) ? null : reader -> entity.writeTo(new Shown(reader)));
  }

  private static @Nullable HttpEntity original(@Nullable HttpEntity entity) {
    if (entity == null || !entity.getClass().getName().equals(PROXY)) {
      return entity;
    }
    try {
      Method original = entity.getClass().getMethod("getOriginal");
      original.setAccessible(true);
      return (HttpEntity) original.invoke(entity);
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      return entity;
    }
  }

  /**
   * What a request of an asynchronous client says.
   *
   * @param holder the library's object that has what produces the body, or is that; or null
   */
  static Preview preview(
      HttpRequest request, @Nullable EntityDetails details, @Nullable Object holder) {
    AsyncEntityProducer producer = holder == null ? null : producer(holder, DEEPEST);
    return Preview.of(
        Apache5.headers(request),
        details == null ? 0 : details.getContentLength(),
        producer == null
            ? null
            : reader -> {
              try {
                producer.produce(new Reading(reader));
              } finally {
                // By which the library itself has it begin again.
                producer.releaseResources();
              }
            });
  }

  private static @Nullable AsyncEntityProducer producer(Object holder, int depth) {
    if (holder instanceof AsyncEntityProducer producer && isReadable(holder)) {
      return producer;
    }
    if (depth == 0 || !holder.getClass().getName().startsWith(LIBRARY)) {
      return null;
    }
    for (Field field : PRODUCERS.get(holder.getClass())) {
      try {
        Object held = field.get(holder);
        return held == null ? null : producer(held, depth - 1);
      } catch (IllegalAccessException hidden) {
        return null;
      }
    }
    return null;
  }

  private static boolean isReadable(Object body) {
    return READABLE.contains(body.getClass().getName());
  }

  /** Takes all that is produced at once. */
  private record Reading(ObservedBody reader) implements DataStreamChannel {
    @Override
    public void requestOutput() {}

    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      reader.accept(source);
      source.position(source.limit());
      return count;
    }

    @Override
    public void endStream() {}

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) {}
  }
}
