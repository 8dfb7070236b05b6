package io.costattr.core.carry;

import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.FutureTask;

/**
 * Which tasks are somebody's piece of work, by their class. Not those by which a library drives a
 * queue of its own: they run whatever is in the queue, whoever put it there, and are handed over by
 * whoever came first.
 */
final class Tasks {
  /** Beginnings of class names. */
  private static final String[] DRIVERS = {
    "okhttp3.",
    "io.netty.",
    "io.vertx.",
    "reactor.",
    "io.reactivex.",
    "rx.",
    "kotlinx.coroutines.",
    "scala.",
    "akka.",
    "org.apache.pekko.",
    "io.grpc.",
    "com.google.common.util.concurrent.SequentialExecutor",
    "com.github.benmanes.caffeine.",
    "org.apache.catalina.",
    "org.apache.coyote.",
    "org.apache.tomcat.",
    "org.eclipse.jetty.",
    "io.undertow.",
    "org.xnio.",
    "org.jboss.threads.",
    "org.apache.hc.",
    "org.apache.http.",
    "org.asynchttpclient.",
    "org.springframework.scheduling.concurrent.ReschedulingRunnable",
  };

  /** Beginnings of the names of those by which a library waits for messages, as long as it can. */
  private static final String[] LOOPS = {
    "com.rabbitmq.client.impl.",
    "io.awspring.cloud.sqs.",
    "org.apache.activemq.",
    "org.springframework.amqp.rabbit.listener.",
    "org.springframework.jms.listener.",
    "org.springframework.kafka.listener.",
  };

  /** Classes among those by which a library hands over what it was given, once for each. */
  private static final String[] COURIERS = {
    "io.vertx.core.impl.ContextBase$",
    "io.vertx.core.impl.ContextImpl$",
    "io.vertx.core.impl.ContextInternal$",
    "io.vertx.core.impl.EventLoopContext$",
    "io.vertx.core.impl.ExecuteBlocking",
    "io.vertx.core.internal.ContextInternal$",
    "io.awspring.cloud.sqs.listener.AsyncComponentAdapters$",
    // Sources that call what the application has given them, and hand nothing on meanwhile.
    "reactor.core.publisher.MonoCallable",
    "reactor.core.publisher.MonoRunnable",
    "reactor.core.publisher.MonoSupplier",
    "reactor.core.publisher.FluxCallable",
  };

  private enum Kind {
    /** Somebody's. */
    WORK,
    /** Of the JDK. */
    JDK,
    /** Of the JDK, around something of the application's that carries by itself. */
    ADAPTER,
    /** Of a library: a driver of its own. */
    DRIVER,
    /** Of a library: it outlives whoever has started it, however it is handed over. */
    LOOP,
    /** Made for one hand-off, by the JDK: it carries by itself, wherever it is handed to. */
    CARRIER,
    /** The same, of a class of the application's or a library's. */
    SPECIAL_CARRIER
  }

  private static final ClassValue<Kind> KINDS =
      new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
          return kind(type);
        }
      };

  private Tasks() {}

  /** Whether what is handed over carries what is in force where that is done. */
  static boolean isWork(Object task) {
    return KINDS.get(task.getClass()) == Kind.WORK;
  }

  /** As {@link #isWork}, where the JDK itself hands over only what the application gave it. */
  static boolean isWorkOrJdk(Object task) {
    Kind kind = KINDS.get(task.getClass());
    return kind == Kind.WORK || kind == Kind.JDK || kind == Kind.ADAPTER;
  }

  /** Whether it is called once, for whoever hands it in, and not the JDK's own. */
  static boolean isOfApplication(Object action) {
    Kind kind = KINDS.get(action.getClass());
    return kind != Kind.JDK && kind != Kind.LOOP && kind != Kind.CARRIER;
  }

  /** Whether what is forked carries what is in force where that is done. */
  static boolean isForkedWork(Object task) {
    Kind kind = KINDS.get(task.getClass());
    return kind == Kind.WORK || kind == Kind.JDK;
  }

  private static Kind kind(Class<?> type) {
    String name = type.getName();
    if (FutureTask.class.isAssignableFrom(type)
        || AsynchronousCompletionTask.class.isAssignableFrom(type)) {
      return isJdk(type, name) ? Kind.CARRIER : Kind.SPECIAL_CARRIER;
    }
    if (isJdk(type, name)) {
      if (name.startsWith("java.util.concurrent.ForkJoinTask$")
          || name.startsWith("java.util.concurrent.ForkJoinPool$")) {
        return Kind.ADAPTER;
      }
      // Makes a Callable of a Runnable.
      return name.startsWith("java.util.concurrent.Executors$") ? Kind.WORK : Kind.JDK;
    }
    if (startsWithOneOf(COURIERS, name)) {
      return Kind.WORK;
    }
    if (startsWithOneOf(LOOPS, name)) {
      return Kind.LOOP;
    }
    return startsWithOneOf(DRIVERS, name) ? Kind.DRIVER : Kind.WORK;
  }

  private static boolean startsWithOneOf(String[] beginnings, String name) {
    for (String beginning : beginnings) {
      if (name.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  /** Other agents put classes on the boot class path; those are in no named module. */
  private static boolean isJdk(Class<?> type, String name) {
    ClassLoader loader = type.getClassLoader();
    return name.startsWith("io.costattr.dispatch.")
        || (type.getModule().isNamed()
            && (loader == null || loader == ClassLoader.getPlatformClassLoader()));
  }
}
