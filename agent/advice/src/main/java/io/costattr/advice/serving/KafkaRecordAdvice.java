package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import net.bytebuddy.asm.Advice;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * At {@code doInvokeOnMessage} of spring-kafka's container, which gives one record to its listener:
 * {@code queue:TOPIC}. Retries on the container's thread come there again.
 */
public final class KafkaRecordAdvice {
  private KafkaRecordAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable ConsumerRecord<?, ?> delivered) {
    return delivered != null && Served.begins(Source.JOB)
        ? Received.from(delivered.topic()).enter()
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }
}
