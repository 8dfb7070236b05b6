package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import net.bytebuddy.asm.Advice;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.jspecify.annotations.Nullable;

/**
 * At {@code JMSMessageListenerWrapper.onMessage} of Artemis' clients for JMS, by which a message
 * listener of either namespace is called.
 */
public final class ArtemisAdvice {
  /** Of destinations of the broker's first version. */
  private static final String[] PREFIXES = {"jms.queue.", "jms.topic."};

  private ArtemisAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("connection") @Nullable ActiveMQConnection connection,
      @Advice.Argument(0) @Nullable ClientMessage delivered) {
    return delivered != null && Served.begins(Source.JOB)
        ? Received.from(name(connection, delivered.getAddressSimpleString())).enter()
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }

  /** That of a temporary queue was made up for it. */
  private static @Nullable String name(
      @Nullable ActiveMQConnection connection, @Nullable SimpleString address) {
    if (address == null || (connection != null && connection.containsTemporaryQueue(address))) {
      return null;
    }
    String name = address.toString();
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }
}
