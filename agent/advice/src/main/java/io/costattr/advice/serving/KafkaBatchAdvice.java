package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import net.bytebuddy.asm.Advice;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * At {@code doInvokeBatchOnMessage} of spring-kafka's container, which gives a listener what one
 * poll has brought. Of a batch from several topics nobody knows which record a call is made for.
 */
public final class KafkaBatchAdvice {
  private KafkaBatchAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable ConsumerRecords<?, ?> batch) {
    return batch != null && Served.begins(Source.JOB) ? new Batch(batch).enter() : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }

  private static final class Batch extends Received {
    private final ConsumerRecords<?, ?> batch;

    Batch(ConsumerRecords<?, ?> batch) {
      this.batch = batch;
    }

    @Override
    @Nullable String from() {
      String only = null;
      for (TopicPartition partition : batch.partitions()) {
        if (only != null && !only.equals(partition.topic())) {
          return null;
        }
        only = partition.topic();
      }
      return only;
    }
  }
}
