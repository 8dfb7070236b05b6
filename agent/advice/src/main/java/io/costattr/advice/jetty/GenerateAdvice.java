package io.costattr.advice.jetty;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpGenerator.generateRequest}, which writes a head over HTTP/1.1 from a description of
 * the request: it is given another one, with who pays. The request itself is not touched: it may be
 * copied to follow a redirect before its head has been written.
 */
public final class GenerateAdvice {
  private GenerateAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.This HttpGenerator generator, @Advice.Argument(0) MetaData.@Nullable Request request)
      throws Throwable {
    // A subclass knows more than can be copied.
    if (request == null
        || request.getClass() != MetaData.Request.class
        || !OutgoingBaggage.isOn()
        || !generator.isState(HttpGenerator.State.START)) {
      return null;
    }
    Addition addition = OutgoingBaggage.carriedBy(generator);
    if (addition == null) {
      return null;
    }
    String whole = addition.to(RequestHead.headers(request).getValuesList(Addition.HEADER));
    return whole == null ? null : RequestHead.with(request, Addition.HEADER, whole);
  }
}
