package io.costattr.weaving;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Advice that notes what it is told. */
final class Watching {
  static final List<Object> SEEN = new ArrayList<>();

  private Watching() {}

  /** Of any method: it is told nothing of the method but how it ends. */
  static final class Anything {
    private Anything() {}

    @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
    public static Object enter() {
      return "entered";
    }

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
      if (!"entered".equals(entered)) {
        throw new AssertionError(entered);
      }
    }
  }

  /** Of {@link Sample#mixed}. */
  static final class Mixed {
    private Mixed() {}

    @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
    public static Object enter(
        @Advice.This Object sample, @Advice.Argument(0) long number, @Advice.Argument(2) Object o) {
      SEEN.add("enter " + number + " " + o);
      return sample.getClass().getSimpleName();
    }

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
    public static void exit(
        @Advice.Enter Object entered,
        @Advice.Argument(0) long number,
        @Advice.Argument(1) double factor,
        @Advice.Return double returned,
        @Advice.Thrown Throwable thrown) {
      SEEN.add("exit " + entered + " " + number + " " + factor + " " + returned + " " + thrown);
    }
  }

  /** Of {@link Sample#text}: replaces what goes in and what comes out. */
  static final class Replacing {
    private Replacing() {}

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
    public static Object[] enter(@Advice.Argument(0) String first) {
      return first == null ? null : new Object[] {null, "replaced"};
    }

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
    @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
    public static Object exit(@Advice.Return String returned) {
      return returned.equals("keep") ? null : "<" + returned + ">";
    }
  }

  /** Of {@link Sample#text}: answers in its place, by a text or by an exception. */
  static final class Answering {
    private Answering() {}

    @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = String.class)
    @Advice.AssignReturned.ToArguments(
        @Advice.AssignReturned.ToArguments.ToArgument(
            value = 0,
            index = 0,
            typing = Assigner.Typing.DYNAMIC))
    public static Object enter(@Advice.Argument(0) String first) {
      return switch (first) {
        case "answer" -> "answered";
        case "refuse" -> new IOException("refused");
        case "replace" -> new Object[] {"replaced"};
        default -> null;
      };
    }

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
    public static void exit(@Advice.Return String returned) {
      SEEN.add("exit " + returned);
    }
  }

  /** Of methods that return a truth value, or nothing: answers in their place. */
  static final class Deciding {
    private Deciding() {}

    @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
    public static Object enter(@Advice.Argument(0) StringBuilder text) {
      return switch (text.toString()) {
        case "yes" -> Boolean.TRUE;
        case "no" -> Boolean.FALSE;
        case "refuse" -> new IOException("refused");
        default -> null;
      };
    }
  }

  /** Of a method that returns a truth value: replaces it. */
  static final class Reversing {
    private Reversing() {}

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
    @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
    public static Object exit(
        @Advice.Argument(0) StringBuilder text, @Advice.Return boolean returned) {
      return text.length() == 0 ? null : !returned;
    }
  }

  /** Of {@link Sample#mixed}: throws in its place. */
  static final class Refusing {
    private Refusing() {}

    @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
    public static Object enter(@Advice.Argument(0) long number) {
      if (number == 2) {
        throw new IllegalStateException("a fault of the advice");
      }
      return number == 1 ? new IOException("refused") : null;
    }

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
    public static void exit(@Advice.Thrown Throwable thrown) {
      SEEN.add("exit " + thrown);
    }
  }

  /** Of {@link Sample}'s constructor: replaces a final field. */
  static final class Constructing {
    private Constructing() {}

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
    @Advice.AssignReturned.ToFields(
        @Advice.AssignReturned.ToFields.ToField(value = "name", typing = Assigner.Typing.DYNAMIC))
    public static Object exit(
        @Advice.Argument(0) boolean loud, @Advice.FieldValue("name") String name) {
      return loud ? name + "!" : null;
    }
  }

  /** Of the constructor of a class that inherits the field. */
  static final class Inheriting {
    private Inheriting() {}

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
    @Advice.AssignReturned.ToFields(
        @Advice.AssignReturned.ToFields.ToField(
            value = "in",
            declaringType = FilterInputStream.class,
            typing = Assigner.Typing.DYNAMIC))
    public static Object exit(
        @Advice.FieldValue(value = "in", declaringType = FilterInputStream.class)
            InputStream stream) {
      SEEN.add(stream);
      return InputStream.nullInputStream();
    }
  }

  /** Fails wherever it can. */
  static final class Failing {
    private Failing() {}

    @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
    @Advice.AssignReturned.ToArguments(
        @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
    public static Object enter() {
      return List.of("not a String");
    }

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
    public static void exit() {
      throw new StackOverflowError("advice");
    }
  }
}
