package io.costattr.advice.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObjectEncoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code encode} of Netty's encoder of requests for HTTP/1.1, where all that is sent passes,
 * however the application made it. A file that the kernel sends is not seen. In the place of what
 * must not be sent an empty buffer is encoded, which is nothing on the wire. Knows Netty only,
 * which may have been loaded apart from the clients that stand on it.
 */
public final class EncodeAdvice {
  /** Whether it is the encoder that lets go of messages; in early versions it is its superclass. */
  private static final boolean RELEASES = releases();

  private EncodeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(
          value = 1,
          index = 0,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object @Nullable [] enter(
      @Advice.Argument(0) @Nullable ChannelHandlerContext context,
      @Advice.Argument(1) @Nullable Object message) {
    if (!Sent.isDenied(context, message)) {
      AddedBaggage baggage = AddedBaggage.put(context, message);
      return baggage == null ? null : new Object[] {null, baggage};
    }
    if (RELEASES) {
      ReferenceCountUtil.release(message);
    }
    return new Object[] {Unpooled.EMPTY_BUFFER, null};
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object @Nullable [] entered) {
    if (entered != null && entered[1] instanceof AddedBaggage baggage) {
      baggage.undo();
    }
  }

  private static boolean releases() {
    return Arrays.stream(HttpObjectEncoder.class.getDeclaredMethods())
        .anyMatch(method -> method.getName().equals("write"));
  }
}
