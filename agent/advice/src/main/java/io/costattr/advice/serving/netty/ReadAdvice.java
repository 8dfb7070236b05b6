package io.costattr.advice.serving.netty;

import io.costattr.core.attribution.ReadRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ByteToMessageDecoder.channelRead}, within which whatever has been decoded is handed to
 * the handlers. Knows nothing of HTTP, which may not be on the class path.
 */
public final class ReadAdvice {
  private ReadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object decoder) {
    if (!ReadRequest.areTaken() || !Connection.isServers(decoder)) {
      return null;
    }
    Connection connection = Connection.of(decoder);
    return connection.begin() ? connection : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered instanceof Connection connection) {
      connection.end();
    }
  }
}
